import type { Machine } from "../machine.ts";

/** One way to obtain one program, such as a package of it. */
export interface Way {
  /** `apt-get`, `go install` */
  readonly name: string;
  /** Tries it, within a bound. The answer is why it did not work, in a few words; nothing when it did. */
  obtain(machine: Machine): Promise<string | undefined>;
}

/** The last thing that a failed program said. */
export function lastLine(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.at(-1) ?? "it failed without a word").trim().slice(0, 300);
}
