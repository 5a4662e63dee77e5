import { table, text, type Block, type Lane, type Tone } from "../block.ts";
import { count, counted, inMs, type Cell } from "../cell.ts";
import { legibleSpans } from "../figures/spans.ts";
import { staysOf, tenancy, type Stay } from "../figures/stays.ts";
import { timeFrame } from "../figures/time-frame.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** Who was inside which critical section, for how long, and whether two ever were at once. */
export const locksAndLeases: Section = {
  title: "Locks and leases",
  about: "Terms of leadership and stays under locks: holders, gaps between them, and overlaps",
  render(run): Block[] {
    const stays = staysOf(run.history);
    if (stays.length === 0) return [text("Nobody entered a critical section.")];
    const under = Map.groupBy(stays, ({ section }) => section.guard);
    const leases = Map.groupBy(under.get("lease") ?? [], ({ section }) => section.key);
    const locks = Map.groupBy(under.get("lock") ?? [], ({ section }) => kindOfKey(section.key));
    return [text(sentence(stays)), ...leaseTable(leases), ...lockTable(locks), ...picture(leases, run)];
  },
};

type Stays = ReadonlyMap<string, readonly Stay[]>;

/** `cordum:scheduler:job:4711` is one of the `cordum:scheduler:job:*`. */
function kindOfKey(key: string): string {
  return key.replace(/[^:]+$/, "*");
}

function sentence(stays: readonly Stay[]): string {
  const { overlaps } = tenancy(stays);
  const found =
    overlaps === 0
      ? "no two were ever inside under one key"
      : `${counted(overlaps, "time")} somebody entered while another believed itself inside under the same key`;
  const excuse = overlaps === 0 ? "" : " One that sleeps through its time may believe so; the checks judge the harm.";
  return `Replicas entered ${counted(stays.length, "critical section")}, and ${found}.${excuse}`;
}

function leaseTable(leases: Stays): Block[] {
  if (leases.size === 0) return [];
  const columns = ["lease", "terms", "holders", "longest gap", "overlaps", "longest overlap"];
  return [table("Leases", columns, [...leases].map(leaseRow))];
}

function leaseRow([key, stays]: readonly [string, readonly Stay[]]): Cell[] {
  const { holders, longestGapMs, overlaps, longestOverlapMs } = tenancy(stays);
  const overlap = overlaps === 0 ? "–" : inMs(longestOverlapMs);
  return [key, count(stays.length), holders.join(", "), inMs(longestGapMs), count(overlaps), overlap];
}

function lockTable(locks: Stays): Block[] {
  if (locks.size === 0) return [];
  const columns = ["locks", "stays", "longest stay", "abandoned", "released too late", "overlaps"];
  return [table("Locks", columns, [...locks].map(lockRow))];
}

function lockRow([kind, stays]: readonly [string, readonly Stay[]]): Cell[] {
  const { longestStayMs, overlaps } = tenancy(stays);
  const abandoned = stays.filter(({ section }) => section.end === "abandoned").length;
  const tooLate = stays.filter(({ section }) => section.removed === false).length;
  return [kind, count(stays.length), inMs(longestStayMs), count(abandoned), count(tooLate), count(overlaps)];
}

function picture(leases: Stays, run: RunData): Block[] {
  if (leases.size === 0) return [];
  const holders = [...new Set([...leases.values()].flat().map(({ section }) => section.who))].toSorted();
  const lanes = [...leases].map(([key, stays]) => laneOf(key, stays, holders, timeFrame(run).endMs));
  return [{ kind: "lane-chart", title: "Who held each lease", lanes }];
}

function laneOf(key: string, stays: readonly Stay[], holders: readonly string[], endMs: number): Lane {
  const spans = stays.map(({ section, untilMs }) => ({
    fromMs: section.enteredAt,
    toMs: untilMs,
    state: section.who,
    tone: toneOf(holders.indexOf(section.who)),
  }));
  return { name: key, spans: legibleSpans(spans, endMs) };
}

const tones: readonly Tone[] = ["first", "second", "third", "fourth"];

function toneOf(holder: number): Tone {
  return tones[holder % tones.length] ?? "faint";
}
