import type { Outcome } from "../core/mod.ts";
import type { SubmitOutcome } from "./outcome.ts";

/** Counts operations while they run. */
export interface Tally {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  sent(): void;
  done(outcome: SubmitOutcome): void;
  /** The acknowledged jobs, each once, in order of acknowledgement. */
  acknowledged(): string[];
  /** Where things stand, as a line for people. */
  line(total: number): string;
}

/** A tally of nothing yet. */
export function tally(): Tally {
  const outcomes: Record<Outcome, number> = { ok: 0, refused: 0, error: 0, unknown: 0 };
  const jobs = new Set<string>();
  let sent = 0;
  return {
    outcomes,
    sent: () => void (sent += 1),
    done({ outcome, job }) {
      outcomes[outcome] += 1;
      if (outcome === "ok" && job !== undefined) jobs.add(job);
    },
    acknowledged: () => [...jobs],
    line: (total) =>
      `sent ${number(sent)} of ${number(total)}: ${number(outcomes.ok)} accepted, ${number(outcomes.refused)} refused, ` +
      `${number(outcomes.error)} failed, ${number(outcomes.unknown)} without an outcome`,
  };
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
