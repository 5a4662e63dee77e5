import { readableMs } from "../../core/mod.ts";
import { table, text, type Block } from "../block.ts";
import { count, counted, inMs, type Cell } from "../cell.ts";
import { bucketsUntil } from "../figures/buckets.ts";
import { workJourneys } from "../figures/journeys.ts";
import { recoveries, type Recovery } from "../figures/recoveries.ts";
import { timeFrame } from "../figures/time-frame.ts";
import { silences, waitingByBucket } from "../figures/waiting.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** How the plane got over each fault: who took over, and when the work that was in flight was done. */
export const recovery: Section = {
  title: "Recovery",
  about:
    "For each fault: when somebody led again, first effect, slowest job, longest silence, targets back; and the jobs waiting",
  render(run): Block[] {
    const { endMs } = timeFrame(run);
    const travelled = workJourneys(run.history);
    const found = recoveries(run.history, { journeys: travelled, silences: silences(travelled), endMs });
    if (found.length === 0) return [text("No fault struck, so there was nothing to recover from.")];
    return [text(sentence(found)), recoveryTable(found), picture(run)];
  },
};

function sentence(found: readonly Recovery[]): string {
  const slowest = found.reduce((worst, each) => ((each.slowestJobMs ?? 0) > (worst.slowestJobMs ?? 0) ? each : worst));
  if (slowest.slowestJobMs === undefined) return "No fault met a job that took effect.";
  const never = found.reduce((most, each) => Math.max(most, each.jobsWithoutEffect), 0);
  const lost = never === 0 ? "" : ` Up to ${counted(never, "job")} that a fault met never took effect.`;
  return (
    `The slowest recovery was from “${slowest.fault.fault}”: of the ${counted(slowest.jobsMet, "job")} that it met, ` +
    `the slowest took effect after ${readableMs(slowest.slowestJobMs)}.${lost}`
  );
}

function recoveryTable(found: readonly Recovery[]): Block {
  const columns = [
    "fault",
    "struck",
    "led again",
    "first effect",
    "jobs met",
    "slowest",
    "no effect",
    "silence",
    "back",
  ];
  return table("Recovery, counted from the strike", columns, found.map(row));
}

function row(each: Recovery): Cell[] {
  return [
    each.fault.fault,
    inMs(each.struckAt),
    ledAgain(each),
    inMs(each.firstEffectMs, "never"),
    count(each.jobsMet),
    inMs(each.slowestJobMs),
    count(each.jobsWithoutEffect),
    inMs(each.longestSilenceMs),
    inMs(each.backMs, "never"),
  ];
}

function ledAgain({ leasesHeld, leasesLost, ledAgainMs }: Recovery): Cell {
  if (leasesHeld === 0) return "did not lead";
  return leasesLost === 0 ? "kept leading" : inMs(ledAgainMs, "never");
}

function picture(run: RunData): Block {
  const buckets = bucketsUntil(timeFrame(run).endMs);
  const values = waitingByBucket(buckets, workJourneys(run.history));
  return {
    kind: "time-chart",
    title: "Jobs acknowledged and not yet in effect",
    unit: "count",
    scale: "linear",
    atMs: buckets.atMs,
    bucketMs: buckets.widthMs,
    series: [{ name: "waiting", tone: "first", style: "line", values }],
  };
}
