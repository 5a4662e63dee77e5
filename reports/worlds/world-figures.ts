import type { MeasurableRun } from "../run-data.ts";
import { duplicateFigures } from "./duplicate-figures.ts";
import type { WorldFigure } from "./figure.ts";
import { latencyFigures } from "./latency-figures.ts";
import { lockFigures } from "./lock-figures.ts";
import { rateFigures } from "./rate-figures.ts";
import { recoveryFigures } from "./recovery-figures.ts";
import { stagesOf } from "./stages.ts";

/** Every figure of a run by which worlds are compared, those that it cannot tell among them. */
export function worldFigures(run: MeasurableRun): WorldFigure[] {
  return [
    ...recoveryFigures(run),
    ...duplicateFigures(run.history),
    ...rateFigures(run.history),
    ...lockFigures(run.history),
    ...latencyFigures(stagesOf(run.history)),
  ];
}
