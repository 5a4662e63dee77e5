import type { Met } from "./coverage/coverage.ts";
import { addCoverage } from "./coverage/coverage.ts";
import type { SeedOutcome, SeedReport } from "./seed-report.ts";

/** Seeds that did not pass are kept up to this number of each kind; all of them are counted. */
export const keptMax = 20;

/** What a campaign has come to so far, in bounded memory. */
export interface Tally {
  readonly counts: Record<SeedOutcome, number>;
  readonly kept: Record<Exclude<SeedOutcome, "passed">, SeedReport[]>;
  readonly coverage: Map<string, Met>;
  virtualMs: number;
  kernelEvents: number;
  cpuMs: number;
}

/** Nothing yet. */
export function emptyTally(): Tally {
  return {
    counts: { passed: 0, failed: 0, inconclusive: 0, broken: 0 },
    kept: { failed: [], inconclusive: [], broken: [] },
    coverage: new Map(),
    virtualMs: 0,
    kernelEvents: 0,
    cpuMs: 0,
  };
}

/** How many seeds have been run. */
export function seedsIn({ counts }: Pick<Tally, "counts">): number {
  return counts.passed + counts.failed + counts.inconclusive + counts.broken;
}

/** Adds a seed's report. */
export function addReport(tally: Tally, report: SeedReport): void {
  const { outcome } = report;
  tally.counts[outcome] += 1;
  tally.virtualMs += report.virtualMs;
  tally.kernelEvents += report.kernelEvents;
  tally.cpuMs += report.cpuMs;
  addCoverage(tally.coverage, report.coverage);
  if (outcome !== "passed") keep(tally.kept[outcome], report);
}

/** The lowest seeds are kept, so that it does not matter which worker was faster. */
function keep(kept: SeedReport[], report: SeedReport): void {
  kept.push(report);
  kept.sort((a, b) => Number(a.recipe.seed) - Number(b.recipe.seed));
  kept.splice(keptMax);
}
