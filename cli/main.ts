#!/usr/bin/env node
import { CommanderError } from "commander";

import { exitCodes, messageOf, SeatrialError, type ExitCode } from "../core/mod.ts";
import type { Console } from "./command.ts";
import { makeProgram } from "./program.ts";

const stop = new AbortController();
let interrupts = 0;

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    interrupts += 1;
    if (interrupts === 1) process.stderr.write("\nstopping: cleaning up (press Ctrl-C again to leave at once)\n");
    else process.exit(exitCodes.interrupted);
    stop.abort();
  });
}

const terminal: Console = {
  out: (text) => process.stdout.write(`${text}\n`),
  stderr: process.stderr,
  columns: process.stdout.columns ?? 80,
  colour: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
  signal: stop.signal,
};

process.exitCode = await main();

async function main(): Promise<ExitCode> {
  let result: ExitCode = exitCodes.passed;
  const program = makeProgram(terminal, (code) => {
    result = code;
  });
  try {
    await program.parseAsync(process.argv);
    return stop.signal.aborted ? exitCodes.interrupted : result;
  } catch (thrown) {
    return stop.signal.aborted ? exitCodes.interrupted : explain(thrown);
  }
}

/** One line that says what is wrong, one that says the way out; a stack only for a bug. */
function explain(thrown: unknown): ExitCode {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
  if (thrown instanceof SeatrialError) {
    process.stderr.write(`seatrial: ${thrown.message}\n${thrown.hint ? `  ${thrown.hint}\n` : ""}`);
    return thrown.exitCode;
  }
  const stack = thrown instanceof Error ? thrown.stack : messageOf(thrown);
  process.stderr.write(`seatrial: [bug] ${stack}\n`);
  return exitCodes.inconclusive;
}
