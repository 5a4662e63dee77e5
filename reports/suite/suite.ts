import { basename } from "node:path";

import type { RunRecord, VerdictStatus } from "../../core/mod.ts";
import { counted } from "../cell.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import { serversNoteOf } from "../servers-note.ts";
import { statusAsVerdict, verdictSymbol, worstFirst } from "../status.ts";

/** Several runs that belong together, in the order in which they were made. */
export interface Suite {
  readonly name: string;
  readonly runs: readonly SuiteRun[];
  /** Scenarios that could not be run at all. They are inconclusive: a suite with one is never green. */
  readonly broken?: readonly BrokenRun[];
}

/** A run of a suite. */
export interface SuiteRun {
  readonly record: RunRecord;
  /** The run's folder, inside the suite's own. */
  readonly path?: string;
  /** What its load engine saw. */
  readonly figures?: EngineFigures;
}

/** A scenario that never became a run. */
export interface BrokenRun {
  readonly scenario: string;
  readonly because: string;
}

/** What a suite comes to: failed before unknown before passed; without any run, unknown. */
export function suiteStatus({ runs, broken = [] }: Suite): VerdictStatus {
  const statuses = runs.map(({ record }) => statusAsVerdict[record.status]);
  if (statuses.includes("fail")) return "fail";
  return statuses.length === 0 || broken.length > 0 || statuses.includes("unknown") ? "unknown" : "pass";
}

/** What must be read before the rest: that the servers were not the real ones. */
export function suiteNote({ runs }: Suite): string | undefined {
  return serversNoteOf(runs.map(({ record }) => record));
}

/** What came out, in a sentence. */
export function suiteSentence({ runs, broken = [] }: Suite): string {
  if (runs.length + broken.length === 0) return "No scenario was run.";
  const of = (status: RunRecord["status"]): number => runs.filter(({ record }) => record.status === status).length;
  const tallies: [number, string][] = [
    [of("failed"), "failed"],
    [of("inconclusive"), "inconclusive"],
    [of("interrupted"), "interrupted"],
    [broken.length, "could not be run"],
    [of("passed"), "passed"],
  ];
  const parts = tallies.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `Of ${counted(runs.length + broken.length, "scenario")}, ${parts.join(", ")}.`;
}

/** The check that says most about a run: the first that failed, else the first unknown, else that all hold. */
export function worstCheck({ verdicts, generator }: RunRecord): string {
  const [worst] = worstFirst(verdicts);
  if (!worst) return "nothing was examined";
  if (worst.status !== "pass") return `${verdictSymbol[worst.status]} ${worst.check}`;
  const all = verdicts.length === 1 ? "its one check holds" : `all ${verdicts.length} hold`;
  return generator.healthy ? all : `${all}, unhealthy generator`;
}

/** Where a run's report lies, seen from the suite's folder. */
export function reportLink({ path }: SuiteRun): string | undefined {
  return path === undefined ? undefined : `${encodeURIComponent(basename(path).toWellFormed())}/report.html`;
}
