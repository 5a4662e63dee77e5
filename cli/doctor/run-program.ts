import { spawn, type ChildProcess } from "node:child_process";

/** How to run a program. */
export interface ProgramOptions {
  /** SIGTERM then, and SIGKILL 5 s later. */
  readonly timeoutMs: number;
  /** Environment variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How it went. */
export interface ProgramResult {
  readonly ok: boolean;
  /** The end of what it wrote to both streams, or why it could not be run. */
  readonly output: string;
}

const mostOutput = 20_000;
const killAfterMs = 5_000;

/** Runs a program without a shell and without input, within a bound. It never throws. */
export function runProgram(
  [program = "", ...args]: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const env = { ...process.env, ...options.env };
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env });
  const output = collectOutput(child);
  let late = false;
  const timers = [
    setTimeout(() => {
      late = true;
      child.kill("SIGTERM");
    }, options.timeoutMs),
    setTimeout(() => child.kill("SIGKILL"), options.timeoutMs + killAfterMs),
  ];
  return new Promise((resolve) => {
    const end = (ok: boolean, text: string): void => {
      timers.forEach(clearTimeout);
      resolve({ ok, output: text });
    };
    child.once("error", (error) => end(false, error.message));
    child.once("exit", (code) => {
      const text = output();
      end(code === 0, late ? `${text}\ngiven up after ${options.timeoutMs / 1_000} s` : text);
    });
  });
}

function collectOutput(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text = `${text}${chunk.toString("utf8")}`.slice(-mostOutput);
    });
  }
  return () => text.trim();
}
