import type { CapacityPlan, ConfigurationResult, WindowFigures } from "../../capacity/mod.ts";
import type { BarChart, Curve, CurveChart } from "./block.ts";

/** Waits at the least drawn on a logarithmic scale: what is below is no wait. */
const leastMs = 1;

/** The hockey stick: how long messages wait at each load that was delivered, measured and by the model. */
export function latencyChart(result: ConfigurationResult, { ask }: CapacityPlan): CurveChart {
  const windows = everyWindow(result);
  const seen = (y: (window: WindowFigures) => number): Curve["points"] =>
    windows.map((window) => [window.deliveredPerSecond, Math.max(leastMs, y(window))]);
  const modelled = (y: (point: ConfigurationResult["modelCurve"][number]) => number): Curve["points"] =>
    result.modelCurve.map((point) => [point.offeredPerSecond, Math.max(leastMs, y(point))]);
  return {
    kind: "curve-chart",
    title: "Wait against throughput",
    x: { label: "delivered", unit: "per second" },
    y: { unit: "ms", scale: "log" },
    curves: [
      { name: "p50, model", tone: "faint", style: "line", points: modelled((point) => point.p50WaitMs) },
      { name: "p99, model", tone: "second", style: "line", points: modelled((point) => point.p99WaitMs) },
      { name: "p50, measured", tone: "fourth", style: "dots", points: seen(({ wait }) => wait.p50Ms) },
      { name: "p99, measured", tone: "first", style: "dots", points: seen(({ wait }) => wait.p99Ms) },
      {
        name: "p99 of the slowest shard, measured",
        tone: "bad",
        style: "dots",
        points: seen((window) => window.worstShardWaitMs),
      },
    ],
    marks: kneeMarks(result),
    bound: { label: `promised on every shard: ${ask.p99WaitMs} ms`, value: ask.p99WaitMs },
  };
}

/** What comes out of what goes in, and where that ends. */
export function throughputChart(result: ConfigurationResult): CurveChart {
  const all = [...everyWindow(result), ...result.saturated];
  const points = all.map((window) => [window.offeredPerSecond, window.deliveredPerSecond] as const);
  const most = Math.max(0, ...points.map(([offered]) => offered));
  return {
    kind: "curve-chart",
    title: "Throughput against offered load",
    x: { label: "offered", unit: "per second" },
    y: { unit: "per second", scale: "linear" },
    curves: [
      {
        name: "delivered as offered",
        tone: "faint",
        style: "line",
        points: [
          [0, 0],
          [most, most],
        ],
      },
      { name: "delivered", tone: "first", style: "dots", points },
    ],
    marks: kneeMarks(result),
  };
}

/** How uneven the shards are loaded: the largest share decides what the bus carries. */
export function shareChart({ shares }: ConfigurationResult): BarChart {
  const largest = Math.max(...shares);
  return {
    kind: "bar-chart",
    title: "Share of the messages that each shard gets",
    unit: "percent",
    bars: shares.map((share, shard) => ({
      name: `shard ${shard}`,
      value: 100 * share,
      tone: share === largest ? "bad" : "first",
    })),
    bound: { label: "an even share", value: 100 / shares.length },
  };
}

function kneeMarks({ knee }: ConfigurationResult): CurveChart["marks"] {
  return knee.at === undefined ? [] : [{ label: "knee", x: knee.at }];
}

function everyWindow({ windows, sweep }: ConfigurationResult): WindowFigures[] {
  return [...windows, ...sweep].toSorted((a, b) => a.offeredPerSecond - b.offeredPerSecond);
}
