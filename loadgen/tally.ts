import type { Outcome } from "../core/mod.ts";
import type { StartOutcome, SubmitOutcome } from "./outcome.ts";

/** A run of a workflow that the plane acknowledged, and whose it is. */
export interface AcknowledgedRun {
  readonly run: string;
  readonly workflow: string;
  readonly client: string;
}

/** Counts operations while they run. */
export interface Tally {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  sent(): void;
  done(outcome: SubmitOutcome): void;
  /** The start of a run of a workflow ended; who started it is who may read it. */
  started(outcome: StartOutcome, by: Omit<AcknowledgedRun, "run">): void;
  /** The acknowledged jobs, each once, in order of acknowledgement. */
  acknowledged(): string[];
  /** The acknowledged runs, each once, in order of acknowledgement. */
  acknowledgedRuns(): AcknowledgedRun[];
  /** Where things stand, as a line for people. */
  line(total: number): string;
}

/** A tally of nothing yet. */
export function tally(): Tally {
  const outcomes: Record<Outcome, number> = { ok: 0, refused: 0, error: 0, unknown: 0 };
  const jobs = new Set<string>();
  const runs = new Map<string, AcknowledgedRun>();
  let sent = 0;
  return {
    outcomes,
    sent: () => void (sent += 1),
    done({ outcome, job }) {
      outcomes[outcome] += 1;
      if (outcome === "ok" && job !== undefined) jobs.add(job);
    },
    started({ outcome, run }, by) {
      outcomes[outcome] += 1;
      if (outcome === "ok" && run !== undefined) runs.set(run, { run, ...by });
    },
    acknowledged: () => [...jobs],
    acknowledgedRuns: () => [...runs.values()],
    line: (total) =>
      `sent ${number(sent)} of ${number(total)}: ${number(outcomes.ok)} accepted, ${number(outcomes.refused)} refused, ` +
      `${number(outcomes.error)} failed, ${number(outcomes.unknown)} without an outcome`,
  };
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
