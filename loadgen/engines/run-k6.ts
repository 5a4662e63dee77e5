import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { EnvironmentError } from "../../core/mod.ts";

/** How a script is run. */
export interface RunK6Options {
  /** Its whole environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends k6 at once. */
  readonly signal: AbortSignal;
  /** Gets each line of k6's JSON output. */
  readonly line: (text: string) => void;
}

/** No server on a standard port, nothing sent to anybody, no summary: our own report says it. */
const quietly = ["--quiet", "--no-color", "--address", "", "--no-usage-report", "--summary-mode", "disabled"];
const errorBytesMax = 4_000;

/**
 * Runs a k6 script to its end. k6 dies with this process: it is a child, and its output has nobody to go to.
 *
 * @throws EnvironmentError `engine_failed` when k6 does not start, or says that it failed.
 */
export async function runK6(binary: string, script: string, { variables, signal, line }: RunK6Options): Promise<void> {
  const child = spawn(binary, ["run", ...quietly, "--out", "json=-", script], {
    env: { ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-errorBytesMax)));
  const kill = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  process.once("exit", kill);
  try {
    const ended = endOf(child);
    for await (const text of createInterface({ input: child.stdout })) line(text);
    const code = await ended;
    if (code !== 0 && !signal.aborted) throw failed(code, said);
  } finally {
    process.off("exit", kill);
    signal.removeEventListener("abort", kill);
  }
}

async function endOf(child: ChildProcess): Promise<number | null> {
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code;
  } catch (thrown) {
    throw new EnvironmentError("engine_failed", "k6 cannot be started", "`doctor` shows which k6 is found", thrown);
  }
}

function failed(code: number | null, said: string): EnvironmentError {
  const last = said.trim().split("\n").slice(-3).join(" / ");
  const how = code ?? "a signal";
  const hint = "a k6 without the extension k6/x/nats cannot publish: `doctor --fix --for k6` builds one that can";
  return new EnvironmentError("engine_failed", `k6 ended with ${how}: ${last || "it said nothing"}`, hint);
}
