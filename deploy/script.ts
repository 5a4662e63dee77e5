import { messageOf, SeatrialError } from "../core/mod.ts";

/** Tells a line about each step, where it does not mix with what a script answers. */
export type Say = (line: string) => void;

/** Runs a script to its exit code; an error that somebody can act on is told with the way out. */
export async function script(main: (args: readonly string[], say: Say) => Promise<number>): Promise<void> {
  const say: Say = (line) => void process.stderr.write(`${line}\n`);
  try {
    process.exitCode = await main(process.argv.slice(2), say);
  } catch (thrown) {
    if (!(thrown instanceof SeatrialError)) throw thrown;
    say(messageOf(thrown));
    if (thrown.hint !== undefined) say(`  ${thrown.hint}`);
    process.exitCode = thrown.exitCode;
  }
}
