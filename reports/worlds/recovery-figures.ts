import { workJourneys, type Journey } from "../figures/journeys.ts";
import { recoveries, type Recovery } from "../figures/recoveries.ts";
import { faultName, timeFrame } from "../figures/time-frame.ts";
import { silences } from "../figures/waiting.ts";
import type { MeasurableRun } from "../run-data.ts";
import { figure, missingFigure, type FigureDefinition, type WorldFigure } from "./figure.ts";

/** What is measured of each recovery. */
interface Aspect extends Omit<FigureDefinition, "family"> {
  /** Why it may be missing. */
  readonly because: string;
  readonly of: (recovery: Recovery, travelled: readonly Journey[]) => number | undefined;
}

const metNoJob = "it met no job";

/** A lease is found free by a poll, up to its whole period later. */
const phase = "where in its period a poll is when the fault strikes depends on how long replicas took to boot";

const aspects: readonly Aspect[] = [
  { id: "under-way", title: "jobs under way", unit: "count", gap: "hands", because: metNoJob, of: underWay },
  { id: "recovery", title: "slowest job", unit: "ms", gap: "hands", because: metNoJob, of: slowestJob },
  {
    id: "first-effect",
    title: "first effect",
    unit: "ms",
    gap: "cpu",
    because: metNoJob,
    of: (it) => it.firstEffectMs,
  },
  { id: "silence", title: "longest silence", unit: "ms", gap: "hands", because: "nothing waited", of: silence },
  { id: "led-again", title: "led again", unit: "ms", hint: phase, because: "it met no leader", of: ledAgain },
  {
    id: "back",
    title: "replica back",
    unit: "ms",
    gap: "boot",
    because: "no replica came back",
    of: (it) => it.backMs,
  },
];

/** The recovery from each fault that struck: what `recoversWithin` bounds, and the steps on the way to it. */
export function recoveryFigures(run: MeasurableRun): WorldFigure[] {
  const travelled = workJourneys(run.history);
  const traffic = { journeys: travelled, silences: silences(travelled), endMs: timeFrame(run).endMs };
  return recoveries(run.history, traffic).flatMap((recovery, index) => {
    const [number] = faultName(recovery.fault, index);
    return aspects.map(({ id, title, because, of, ...kind }) => {
      const name = { id: `${id}-${number}`, title: `fault ${number} (${recovery.fault.action}): ${title}` };
      const definition: FigureDefinition = { ...kind, ...name, family: "recovery" };
      const value = of(recovery, travelled);
      return value === undefined ? missingFigure(definition, because) : figure(definition, value);
    });
  });
}

/** Jobs that were acknowledged and had not taken effect when the fault struck. */
function underWay({ struckAt, jobsMet }: Recovery, travelled: readonly Journey[]): number | undefined {
  if (jobsMet === 0) return undefined;
  return travelled.filter(
    ({ acknowledgedAt, effectAt = Infinity }) => acknowledgedAt <= struckAt && effectAt > struckAt,
  ).length;
}

/** As long as a job never took effect there is no slowest one. */
function slowestJob({ slowestJobMs, jobsWithoutEffect }: Recovery): number | undefined {
  return jobsWithoutEffect > 0 ? undefined : slowestJobMs;
}

function ledAgain({ ledAgainMs }: Recovery): number | undefined {
  return ledAgainMs;
}

function silence({ longestSilenceMs }: Recovery): number | undefined {
  return longestSilenceMs;
}
