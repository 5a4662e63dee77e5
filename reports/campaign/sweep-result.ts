import type { Verdict } from "../../core/mod.ts";

/** What a sweep of crash points came to: what `sweep.json` holds. */
export interface SweepResult {
  readonly format: 1;
  readonly seatrial: string;
  readonly scenario: string;
  readonly seed: string;
  readonly status: "passed" | "failed" | "inconclusive" | "interrupted";
  /** Calls that the replicas made while the work was under way. */
  readonly calls: number;
  /** Calls that were swept: fewer with a limit, or for a single replica. */
  readonly swept: number;
  readonly rows: readonly SweepRow[];
  /** Points that did not pass. */
  readonly failures: readonly SweepFailure[];
  readonly wallMs: number;
  readonly reproduce: string;
}

/** All calls of one kind that a replica made. */
export interface SweepRow {
  readonly replica: string;
  /** `jobs.advance:DISPATCHED` */
  readonly call: string;
  readonly calls: number;
  /** Points tried: two for each call. */
  readonly tried: number;
  readonly passed: number;
  readonly failed: number;
  /** Without a verdict. */
  readonly unclear: number;
}

/** A point at which something went wrong. */
export interface SweepFailure {
  /** `before call 2 of jobs.advance:DISPATCHED in scheduler-1` */
  readonly point: string;
  readonly outcome: "failed" | "inconclusive" | "broken";
  readonly red: readonly Verdict[];
  readonly because?: string;
  /** The command that does the run again; missing when only the first ones were left in folders. */
  readonly replay?: string;
}
