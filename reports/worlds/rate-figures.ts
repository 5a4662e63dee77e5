import type { History, OperationEvent } from "../../core/mod.ts";
import { journeys } from "../figures/journeys.ts";
import { submissions } from "../figures/submissions.ts";
import { figure, missingFigure, type FigureDefinition, type WorldFigure } from "./figure.ts";

const family = "rates";

const definitions = {
  offered: { id: "offered", title: "offered", unit: "per second", family },
  admitted: { id: "admitted", title: "admitted", unit: "per second", family },
  refused: { id: "refused", title: "refused", unit: "per second", family },
  unanswered: { id: "unanswered", title: "failed or unanswered", unit: "per second", family },
  done: { id: "jobs-per-second", title: "took effect under load", unit: "per second", family },
} as const satisfies Record<string, FigureDefinition>;

/** How much was asked, admitted and done a second, from the first arrival to the last. */
export function rateFigures(history: History): WorldFigure[] {
  const offered = submissions(history.operations);
  const due = offered.map(({ intendedAt }) => intendedAt);
  const fromMs = due.reduce((least, each) => Math.min(least, each), Infinity);
  const toMs = due.reduce((most, each) => Math.max(most, each), -Infinity);
  const all = Object.values(definitions);
  if (!(toMs > fromMs)) return all.map((each) => missingFigure(each, "nothing was submitted"));
  const perSecond = (count: number): number => (count * 1_000) / (toMs - fromMs);
  const ended = (...outcomes: OperationEvent["outcome"][]): number =>
    perSecond(offered.filter(({ outcome }) => outcomes.includes(outcome)).length);
  const done = journeys(history).filter(({ effectAt = Infinity }) => effectAt <= toMs).length;
  return [
    figure(definitions.offered, perSecond(offered.length)),
    figure(definitions.admitted, ended("ok")),
    figure(definitions.refused, ended("refused")),
    figure(definitions.unanswered, ended("error", "unknown")),
    figure(definitions.done, perSecond(done)),
  ];
}
