import { recoveries, type Recovery } from "../figures/recoveries.ts";
import { workJourneys } from "../figures/journeys.ts";
import { faultName, timeFrame } from "../figures/time-frame.ts";
import { silences } from "../figures/waiting.ts";
import type { MeasurableRun } from "../run-data.ts";
import { figure, missingFigure, type FigureDefinition, type Gap, type WorldFigure } from "./figure.ts";

/** What is measured of each recovery. */
const aspects: readonly {
  readonly id: string;
  readonly title: string;
  readonly gap?: Gap;
  readonly because: string;
  readonly of: (recovery: Recovery) => number | undefined;
}[] = [
  { id: "recovery", title: "slowest job", because: "it met no job", of: slowestJob },
  { id: "first-effect", title: "first effect", because: "it met no job", of: ({ firstEffectMs }) => firstEffectMs },
  {
    id: "silence",
    title: "longest silence",
    because: "nothing waited",
    of: ({ longestSilenceMs }) => longestSilenceMs,
  },
  { id: "led-again", title: "led again", because: "it met no leader", of: ({ ledAgainMs }) => ledAgainMs },
  { id: "back", title: "replica back", gap: "boot", because: "no replica came back", of: ({ backMs }) => backMs },
];

/** The recovery from each fault that struck: what `recoversWithin` bounds, and the steps on the way to it. */
export function recoveryFigures(run: MeasurableRun): WorldFigure[] {
  const travelled = workJourneys(run.history);
  const traffic = { journeys: travelled, silences: silences(travelled), endMs: timeFrame(run).endMs };
  return recoveries(run.history, traffic).flatMap((recovery, index) => {
    const [number] = faultName(recovery.fault, index);
    return aspects.map(({ id, title, gap, because, of }) => {
      const definition: FigureDefinition = {
        id: `${id}-${number}`,
        title: `fault ${number} (${recovery.fault.action}): ${title}`,
        unit: "ms",
        family: "recovery",
        ...(gap === undefined ? {} : { gap }),
      };
      const value = of(recovery);
      return value === undefined ? missingFigure(definition, because) : figure(definition, value);
    });
  });
}

/** As long as a job never took effect there is no slowest one. */
function slowestJob({ slowestJobMs, jobsWithoutEffect }: Recovery): number | undefined {
  return jobsWithoutEffect > 0 ? undefined : slowestJobMs;
}
