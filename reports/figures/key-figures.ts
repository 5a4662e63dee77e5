import type { Outcome } from "../../core/mod.ts";
import type { RunData } from "../run-data.ts";
import { distribution, type Distribution } from "./distribution.ts";
import { workJourneys, endToEndMs, journeys } from "./journeys.ts";
import { recoveries, type Recovery } from "./recoveries.ts";
import { acknowledged, latencyMs, submissions } from "./submissions.ts";
import { timeFrame } from "./time-frame.ts";
import { silences } from "./waiting.ts";

/** The few numbers that a reader wants before all others. */
export interface KeyFigures {
  readonly offered: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly submit: Distribution;
  readonly endToEnd: Distribution;
  readonly recoveries: readonly Recovery[];
}

/** The key figures of a run. */
export function keyFigures(run: RunData): KeyFigures {
  const offered = submissions(run.history.operations);
  const owed = workJourneys(run.history);
  const ended = (outcome: Outcome): number => offered.filter((operation) => operation.outcome === outcome).length;
  return {
    offered: offered.length,
    outcomes: { ok: ended("ok"), refused: ended("refused"), error: ended("error"), unknown: ended("unknown") },
    submit: distribution(acknowledged(offered).map(latencyMs)),
    endToEnd: distribution(endToEndMs(journeys(run.history))),
    recoveries: recoveries(run.history, {
      journeys: owed,
      silences: silences(owed),
      endMs: timeFrame(run).endMs,
    }),
  };
}

/** The longest that a job waited because of a fault. */
export function slowestRecoveryMs({ recoveries: all }: Pick<KeyFigures, "recoveries">): number | undefined {
  const known = all.flatMap((each) => each.slowestJobMs ?? []);
  return known.length === 0 ? undefined : known.reduce((slowest, each) => Math.max(slowest, each));
}
