import type { SeedReport } from "../seed-report.ts";

/** What a worker process answers: its parent sends it recipes, one after another. */
export interface WorkerAnswer {
  readonly report: SeedReport;
  /** Memory that it holds now, in bytes. */
  readonly rss: number;
}
