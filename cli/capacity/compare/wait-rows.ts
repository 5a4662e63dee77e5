import {
  busQueues,
  spreadOf,
  unstableInWords,
  waitPercentileMs,
  type ComparisonRow,
  type WindowFigures,
} from "../../../capacity/mod.ts";
import { modelOf, modelWaits } from "./bus-model.ts";
import type { Evidence } from "./evidence.ts";
import { row, type RowSubject } from "./row.ts";

/** Timers fire up to a millisecond late, and messages take a moment through the pipe: less than this is no wait. */
const negligibleMs = 1;

/** How long messages wait at each load: on average, and the slowest hundredth. The seed has no formula for it. */
export function waitRows(evidence: Evidence): ComparisonRow[] {
  const loads = [...new Set(evidence.windows.map(({ utilisation }) => utilisation))].toSorted((a, b) => a - b);
  return loads.flatMap((load) => rowsAt(load, evidence));
}

function rowsAt(load: number, evidence: Evidence): ComparisonRow[] {
  const windows = evidence.windows.filter(({ utilisation }) => utilisation === load);
  const predictions = windows.map((window) => predict(window, evidence));
  const stable = predictions.filter((waits) => waits !== undefined);
  const line = (
    figure: string,
    seen: (window: WindowFigures) => number,
    predicted: (waits: Waits) => number,
  ): ComparisonRow => {
    const subject = aboutWait(`${figure} at ${load}`, evidence);
    const measured = spreadOf(windows.map(seen));
    if (stable.length === windows.length) {
      return row(subject, { model: spreadOf(stable.map(predicted)).median }, measured);
    }
    return { ...row(subject, {}, measured), modelInWords: inWords(load, windows, evidence) };
  };
  return [
    line(
      "mean wait",
      ({ wait }) => wait.meanMs,
      ({ meanMs }) => meanMs,
    ),
    line(
      "p99 wait",
      ({ wait }) => wait.p99Ms,
      ({ p99Ms }) => p99Ms,
    ),
    ...(evidence.configuration.service.work === "burn"
      ? []
      : [
          line(
            "p99 wait, hottest shard",
            ({ hottestWait }) => hottestWait.p99Ms,
            ({ hottestP99Ms }) => hottestP99Ms,
          ),
        ]),
  ];
}

interface Waits {
  readonly meanMs: number;
  readonly p99Ms: number;
  readonly hottestP99Ms: number;
}

/** The model's waits for what a window really offered, with the service time that it really had. */
function predict(window: WindowFigures, { configuration, shares }: Evidence): Waits | undefined {
  const model = modelOf(configuration, shares, window);
  const waits = modelWaits(model, window.offeredPerSecond);
  const { hottest } = busQueues(model, window.offeredPerSecond);
  return waits && hottest.stable ? { ...waits, hottestP99Ms: waitPercentileMs(hottest, 0.99) } : undefined;
}

function inWords(load: number, windows: readonly WindowFigures[], { configuration, shares }: Evidence): string {
  for (const window of windows) {
    const { hottest } = busQueues(modelOf(configuration, shares, window), window.offeredPerSecond);
    if (!hottest.stable) return unstableInWords(hottest);
  }
  throw new Error(`at ${load} every window is stable, and has a number`);
}

function aboutWait(figure: string, { plan }: Evidence): RowSubject {
  const within = { percent: plan.measure.holdsWithinPercent, negligible: negligibleMs };
  return { figure, unit: "ms", better: "less", within };
}
