import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Runs the command line in a process of its own, to its end. */
export async function seatrial(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = startSeatrial(...words);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Starts the command line in a process of its own. */
export function startSeatrial(...words: string[]): ChildProcess {
  const main = join(import.meta.dirname, "main.ts");
  return spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
}

/** Whether there is a process of this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function collect(stream: ChildProcess["stdout"]): { text: string } {
  const collected = { text: "" };
  stream?.setEncoding("utf8").on("data", (text: string) => (collected.text += text));
  return collected;
}
