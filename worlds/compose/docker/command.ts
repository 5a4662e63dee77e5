import { spawn, type ChildProcess } from "node:child_process";

import { EnvironmentError } from "../../../core/mod.ts";

/** A program and its arguments. */
export type Command = readonly [string, ...string[]];

/** How to run a command. */
export interface CommandOptions {
  /** SIGKILL then. @defaultValue 60,000 */
  readonly timeoutMs?: number;
  /** Ends it at once. */
  readonly signal?: AbortSignal;
  /** Its whole environment. @defaultValue this process's */
  readonly env?: NodeJS.ProcessEnv;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** The ends of both streams, as they came. */
  readonly said: string;
}

const mostStdout = 16 * 1024 * 1024;
const mostSaid = 4_000;

/**
 * Runs a program without a shell, out of reach of the terminal's Ctrl-C, and answers what it wrote to stdout.
 *
 * @throws EnvironmentError `docker_missing` when there is no such program, and `docker_failed` with the end of what it
 *   said when it fails or takes too long.
 */
export async function command(called: Command, options: CommandOptions = {}): Promise<string> {
  const { timeoutMs = 60_000, signal, env } = options;
  signal?.throwIfAborted();
  const [program, ...args] = called;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: true, env });
  const kill = (): void => void child.kill("SIGKILL");
  const timer = setTimeout(kill, timeoutMs);
  signal?.addEventListener("abort", kill, { once: true });
  try {
    const { code, stdout, said } = await end(child, called);
    signal?.throwIfAborted();
    if (code !== 0) throw failed(called, said);
    return stdout.trim();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", kill);
  }
}

/** Runs `docker` with these arguments. See {@link command}. */
export function docker(args: readonly string[], options?: CommandOptions): Promise<string> {
  return command(["docker", ...args], options);
}

/** The lines of an answer; none when there is nothing. */
export function linesIn(answer: string): string[] {
  return answer.split("\n").filter((line) => line !== "");
}

function end(child: ChildProcess, called: Command): Promise<Ended> {
  let [stdout, said] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout = `${stdout}${text}`.slice(-mostStdout)));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: string | Buffer) => (said = `${said}${text.toString()}`.slice(-mostSaid)));
  }
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(missing(called, error)));
    child.once("close", (code) => resolve({ code, stdout, said }));
  });
}

function missing([program]: Command, cause: Error): EnvironmentError {
  const hint = "run `npm run seatrial -- doctor --fix --for compose` to obtain it";
  return new EnvironmentError("docker_missing", `Cannot run ${program}: it is not installed`, hint, cause);
}

function failed(called: Command, said: string): EnvironmentError {
  const lastLines = said.trim().split("\n").slice(-8).join("\n");
  const hint = "see what it said above; `npm run seatrial -- doctor --for compose` tells what is installed";
  return new EnvironmentError("docker_failed", `"${called.join(" ").slice(0, 200)}" failed:\n${lastLines}`, hint);
}
