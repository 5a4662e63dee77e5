import { readableMs, type OperationEvent } from "../../core/mod.ts";
import { table, text, type Block, type Series } from "../block.ts";
import { cellText, count, perSecond, type Cell } from "../cell.ts";
import { bucketsUntil, ratePerSecond, type Buckets } from "../figures/buckets.ts";
import { submissions } from "../figures/submissions.ts";
import { timeFrame } from "../figures/time-frame.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** What was asked of the plane, what it took, and what it did. */
export const throughput: Section = {
  title: "Throughput",
  about: "Submissions offered, acknowledged and refused, and jobs executed, in each second",
  render(run): Block[] {
    const flows = flowsOf(run);
    if (flows.every((flow) => flow.moments.length === 0)) return [text("No load was offered.")];
    const buckets = bucketsUntil(timeFrame(run).endMs);
    const columns = ["flow", "in all", "mean while offered", `busiest ${readableMs(buckets.widthMs)}`];
    const offeredMs = offeredForMs(run.history.operations);
    return [
      text(sentence(flows)),
      table(
        "Flows",
        columns,
        flows.map((flow) => row(flow, buckets, offeredMs)),
      ),
      picture(flows, buckets),
    ];
  },
};

interface Flow extends Pick<Series, "name" | "tone" | "style"> {
  readonly moments: readonly number[];
}

function flowsOf({ history }: RunData): Flow[] {
  const all = submissions(history.operations);
  const ended = (outcome: OperationEvent["outcome"]): number[] =>
    all.flatMap((operation) => (operation.outcome === outcome ? [operation.at] : []));
  const executed = [...history.jobs.values()].flatMap((job) => job.executions.flatMap(({ endAt }) => endAt ?? []));
  return [
    { name: "offered", tone: "faint", style: "steps", moments: all.map((operation) => operation.intendedAt) },
    { name: "acknowledged", tone: "first", style: "line", moments: ended("ok") },
    { name: "refused", tone: "bad", style: "line", moments: ended("refused") },
    { name: "executed", tone: "second", style: "line", moments: executed },
  ];
}

function sentence(flows: readonly Flow[]): string {
  const [offered, taken, refused, executed] = flows.map((flow) => cellText(count(flow.moments.length)));
  return (
    `Of ${offered} submissions offered, the plane acknowledged ${taken} and refused ${refused}; ` +
    `workers finished ${executed} executions.`
  );
}

function row({ name, moments }: Flow, buckets: Buckets, offeredMs: number): Cell[] {
  const busiest = ratePerSecond(buckets, moments).reduce((most, rate) => Math.max(most, rate), 0);
  const mean = offeredMs > 0 ? perSecond((moments.length * 1_000) / offeredMs) : "–";
  return [name, count(moments.length), mean, perSecond(busiest)];
}

/** From the first submission that was due to the last. */
function offeredForMs(operations: readonly OperationEvent[]): number {
  const due = submissions(operations).map((operation) => operation.intendedAt);
  const last = due.reduce((latest, at) => Math.max(latest, at), 0);
  return last - due.reduce((first, at) => Math.min(first, at), last);
}

function picture(flows: readonly Flow[], buckets: Buckets): Block {
  return {
    kind: "time-chart",
    title: "Events per second",
    unit: "per second",
    scale: "linear",
    atMs: buckets.atMs,
    bucketMs: buckets.widthMs,
    series: flows
      .filter((flow) => flow.moments.length > 0)
      .map(({ moments, ...line }) => ({ ...line, values: ratePerSecond(buckets, moments) })),
  };
}
