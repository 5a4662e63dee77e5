import type { ExitCode, RunRecord } from "../../core/mod.ts";
import type { EngineFigures } from "../../reports/mod.ts";
import { exitCodes } from "../../core/mod.ts";

/** What a run (or a suite) came to, ready to be shown. */
export interface Outcome {
  readonly exitCode: ExitCode;
  terminal(options: { columns: number; colour: boolean }): string;
  json(): string;
}

/** The outcome of one trial. */
export interface TrialOutcome extends Outcome {
  readonly record: RunRecord;
  readonly folder: string;
  /** What its load engine saw. */
  readonly figures: EngineFigures;
}

/** The exit code that a run's status stands for. */
export function exitCodeOf(status: RunRecord["status"]): ExitCode {
  return {
    passed: exitCodes.passed,
    failed: exitCodes.failed,
    inconclusive: exitCodes.inconclusive,
    interrupted: exitCodes.interrupted,
  }[status];
}
