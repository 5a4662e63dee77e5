import { readableMs } from "../../core/mod.ts";
import { table, text, type Block, type Series, type TimeChart, type Tone } from "../block.ts";
import { counted, type Cell } from "../cell.ts";
import { bucketsUntil, valuesByBucket } from "../figures/buckets.ts";
import { distribution, distributionCells, distributionColumns, type Distribution } from "../figures/distribution.ts";
import { endToEndMs, journeys, type Journey } from "../figures/journeys.ts";
import { acknowledged, byLoad, latencyMs, submissions } from "../figures/submissions.ts";
import { timeFrame } from "../figures/time-frame.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** How long clients waited for an answer, and how long what they asked for took to have an effect. */
export const latency: Section = {
  title: "Latency",
  about:
    "How long clients waited for an answer, counted from when it was due, and how long jobs and runs took to take effect",
  render: (run) => [...submitLatency(run), ...endToEnd(run)],
};

function submitLatency(run: RunData): Block[] {
  const all = submissions(run.history.operations);
  const answered = acknowledged(all);
  if (answered.length === 0) return [text("No submission was acknowledged.")];
  const rows = [...byLoad(answered)].map(([load, own]) => row(load, own.map(latencyMs)));
  const samples = answered.map((operation) => [operation.intendedAt, latencyMs(operation)] as const);
  const unanswered = all.filter((operation) => operation.outcome === "unknown").length;
  return [
    text(`${submitSentence(distribution(answered.map(latencyMs)))}${silent(unanswered)}`),
    table("Submit latency, from due to acknowledged", ["load", ...distributionColumns], rows),
    chart("Submit latency by the second it was due in", run, samples),
  ];
}

function submitSentence(spread: Distribution): string {
  const whole = `${counted(spread.count, "submission")} ${spread.count === 1 ? "was" : "were"} acknowledged`;
  return `${whole}, ${spreadText(spread)}, counted from when each was due.`;
}

function silent(unanswered: number): string {
  return unanswered === 0 ? "" : ` ${counted(unanswered, "submission")} without an answer cannot be counted here.`;
}

function endToEnd(run: RunData): Block[] {
  const all = journeys(run.history);
  const arrived = all.filter((journey) => journey.effectAt !== undefined);
  if (arrived.length === 0) return [text(`No acknowledged ${nounOf(run)} took effect.`)];
  const rows = [...byLoad(all)].map(([load, own]) => row(load, endToEndMs(own)));
  const samples = arrived.map(({ acknowledgedAt, tookMs = 0 }) => [acknowledgedAt, tookMs] as const);
  return [
    text(endToEndSentence(all, arrived, nounOf(run))),
    table("End to end, from acknowledged to effect", ["load", ...distributionColumns], rows),
    chart("End-to-end latency by the second of acknowledgement", run, samples),
  ];
}

/** Clients ask for jobs, for runs of workflows, or for both. */
function nounOf({ history }: RunData): string {
  const kinds = new Set(submissions(history.operations).map(({ op }) => (op === "submit" ? "job" : "run")));
  const [only = "job"] = kinds;
  return kinds.size > 1 ? "job or run" : only;
}

function endToEndSentence(all: readonly Journey[], arrived: readonly Journey[], noun: string): string {
  const [rest, plural] = [all.length - arrived.length, noun === "job or run" ? "jobs and runs" : `${noun}s`];
  const missing =
    rest === 0 ? "" : ` ${counted(rest, `acknowledged ${noun}`, `acknowledged ${plural}`)} had no effect in this run.`;
  return `${counted(arrived.length, noun, plural)} took effect, ${spreadText(distribution(endToEndMs(arrived)))}.${missing}`;
}

function spreadText({ p50Ms, p99Ms, maxMs = 0 }: Distribution): string {
  if (p50Ms === undefined) return `after ${readableMs(maxMs)}`;
  const half = `half of them within ${readableMs(p50Ms)}`;
  if (p99Ms === undefined) return `${half} and the slowest after ${readableMs(maxMs)}`;
  return `${half}, 99 in 100 within ${readableMs(p99Ms)} and the slowest after ${readableMs(maxMs)}`;
}

function row(load: string, durationsMs: readonly number[]): Cell[] {
  return [load, ...distributionCells(distribution(durationsMs))];
}

function chart(title: string, run: RunData, samples: Iterable<readonly [number, number]>): TimeChart {
  const buckets = bucketsUntil(timeFrame(run).endMs);
  const spreads = valuesByBucket(buckets, samples).map(distribution);
  const line = (name: string, tone: Tone, pick: (spread: Distribution) => number | undefined): Series => ({
    name,
    tone,
    style: name === "max" ? "dots" : "line",
    values: spreads.map((spread) => pick(spread) ?? null),
  });
  const lines = [
    line("max", "faint", (spread) => spread.maxMs),
    line("p99", "third", (spread) => spread.p99Ms),
    line("p90", "second", (spread) => spread.p90Ms),
    line("p50", "first", (spread) => spread.p50Ms),
  ];
  const series = lines.filter((each) => each.values.some((value) => value !== null));
  return { kind: "time-chart", title, unit: "ms", scale: "log", atMs: buckets.atMs, bucketMs: buckets.widthMs, series };
}
