import { readableMs, type SampleEvent, type StallEvent } from "../../core/mod.ts";
import { table, text, type Block, type Series, type Tone } from "../block.ts";
import { count, counted, inMs, type Cell } from "../cell.ts";
import { bucketsUntil, valuesByBucket } from "../figures/buckets.ts";
import { unwantedStalls } from "../figures/stalls.ts";
import { timeFrame } from "../figures/time-frame.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";
import { generatorComplaint } from "../status.ts";

/** Whether the harness itself kept up: a verdict over a sick generator is worth nothing. */
export const generator: Section = {
  title: "Load generator",
  about: "Whether the generator kept its own schedule, and where the machine stood still",
  render: (run): Block[] => [text(sentence(run)), healthTable(run), ...stallTable(run), ...picture(run)],
};

function sentence({ record, history }: RunData): string {
  const complaint = generatorComplaint(record);
  const health =
    complaint === undefined
      ? "The load generator kept its schedule."
      : `${complaint} Verdicts over such a load are not to be trusted.`;
  const stalls = unwantedStalls(history);
  if (stalls.length === 0) return health;
  return `${health} Event loops stalled ${counted(stalls.length, "time")}, at most for ${readableMs(longest(stalls))}.`;
}

function healthTable({ record: { generator: health } }: RunData): Block {
  return table(
    "Health",
    ["measure", "value"],
    [
      ["operations", count(health.operations)],
      ["due, never sent", count(health.dropped)],
      ["sent over 250 ms late", count(health.late)],
      ["sent late by, p50", inMs(health.sendLagP50Ms)],
      ["sent late by, p99", inMs(health.sendLagP99Ms)],
      ["event-loop delay, p99", inMs(health.eventLoopDelayP99Ms)],
    ],
  );
}

function stallTable({ history }: RunData): Block[] {
  const stalls = unwantedStalls(history);
  if (stalls.length === 0) return [];
  const rows = [...Map.groupBy(stalls, (stall) => stall.who)].map(([who, own]): Cell[] => [
    who,
    count(own.length),
    inMs(longest(own)),
  ]);
  return [table("Stalls", ["process", "stalls", "longest"], rows)];
}

function longest(stalls: readonly StallEvent[]): number {
  return stalls.reduce((most, stall) => Math.max(most, stall.lastedMs), 0);
}

const tones: readonly Tone[] = ["first", "second", "third", "fourth"];

/** Samples in milliseconds, each second's worst. */
function picture(run: RunData): Block[] {
  const buckets = bucketsUntil(timeFrame(run).endMs);
  const named = Map.groupBy(run.history.samples.filter(isDuration), (sample) => sample.name);
  const series = [...named]
    .filter(([, samples]) => samples.length > 1)
    .slice(0, tones.length)
    .map(([name, samples], index): Series => {
      const values = valuesByBucket(
        buckets,
        samples.map(({ at, value }) => [at, value] as const),
      );
      return { name, tone: tones[index] ?? "faint", style: "line", values: values.map(worst) };
    });
  if (series.length === 0) return [];
  const { atMs, widthMs: bucketMs } = buckets;
  return [
    { kind: "time-chart", title: "Worst sample in each second", unit: "ms", scale: "linear", atMs, bucketMs, series },
  ];
}

function isDuration({ name }: SampleEvent): boolean {
  return /ms$/i.test(name);
}

function worst(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((most, value) => Math.max(most, value));
}
