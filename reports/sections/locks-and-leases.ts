import type { SectionHistory } from "../../core/mod.ts";
import { table, text, type Block, type Lane, type Span, type Tone } from "../block.ts";
import { count, counted, inMs, type Cell } from "../cell.ts";
import { legibleSpans } from "../figures/spans.ts";
import { insideUntil, tenancy } from "../figures/stays.ts";
import { timeFrame } from "../figures/time-frame.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** Who was inside which critical section, for how long, and whether two ever were at once. */
export const locksAndLeases: Section = {
  title: "Locks and leases",
  about: "Terms of leadership and stays under locks: holders, gaps between them, and overlaps",
  render(run): Block[] {
    const { sections } = run.history;
    if (sections.length === 0) return [text("Nobody entered a critical section.")];
    const leases = Map.groupBy(
      sections.filter((stay) => stay.guard === "lease"),
      (stay) => stay.key,
    );
    const locks = Map.groupBy(
      sections.filter((stay) => stay.guard === "lock"),
      (stay) => kindOfKey(stay.key),
    );
    return [text(sentence(sections)), ...leaseTable(leases), ...lockTable(locks), ...picture(leases, run)];
  },
};

type Stays = ReadonlyMap<string, readonly SectionHistory[]>;

/** `cordum:scheduler:job:4711` is one of the `cordum:scheduler:job:*`. */
function kindOfKey(key: string): string {
  return key.replace(/[^:]+$/, "*");
}

function sentence(sections: readonly SectionHistory[]): string {
  const { overlaps } = tenancy(sections);
  const found =
    overlaps === 0
      ? "no two were ever inside under one key"
      : `${counted(overlaps, "time")} somebody entered while another was still inside under the same key`;
  return (
    `Replicas entered ${counted(sections.length, "critical section")}, and ${found}. A holder that is paused believes ` +
    "itself inside until it wakes; the checks judge whether it did harm."
  );
}

function leaseTable(leases: Stays): Block[] {
  if (leases.size === 0) return [];
  const columns = ["lease", "terms", "holders", "longest gap", "overlaps", "longest overlap"];
  return [table("Leases", columns, [...leases].map(leaseRow))];
}

function leaseRow([key, stays]: readonly [string, readonly SectionHistory[]]): Cell[] {
  const { holders, longestGapMs, overlaps, longestOverlapMs } = tenancy(stays);
  const overlap = overlaps === 0 ? "–" : inMs(longestOverlapMs);
  return [key, count(stays.length), holders.join(", "), inMs(longestGapMs), count(overlaps), overlap];
}

function lockTable(locks: Stays): Block[] {
  if (locks.size === 0) return [];
  const columns = ["locks", "stays", "longest stay", "abandoned", "released too late", "overlaps"];
  return [table("Locks", columns, [...locks].map(lockRow))];
}

function lockRow([kind, stays]: readonly [string, readonly SectionHistory[]]): Cell[] {
  const { longestStayMs, overlaps } = tenancy(stays);
  const abandoned = stays.filter((stay) => stay.end === "abandoned").length;
  const tooLate = stays.filter((stay) => stay.removed === false).length;
  return [kind, count(stays.length), inMs(longestStayMs), count(abandoned), count(tooLate), count(overlaps)];
}

function picture(leases: Stays, run: RunData): Block[] {
  if (leases.size === 0) return [];
  const holders = [...new Set([...leases.values()].flat().map((stay) => stay.who))].toSorted();
  const { endMs } = timeFrame(run);
  const lanes = [...leases].map(([key, stays]): Lane => {
    const spans = stays.map((stay) => spanOf(stay, endMs, toneOf(holders.indexOf(stay.who))));
    return { name: key, spans: legibleSpans(spans, endMs) };
  });
  return [{ kind: "lane-chart", title: "Who held each lease", lanes }];
}

function spanOf(stay: SectionHistory, endMs: number, tone: Tone): Span {
  return { fromMs: stay.enteredAt, toMs: Math.min(endMs, insideUntil(stay)), state: stay.who, tone };
}

const tones: readonly Tone[] = ["first", "second", "third", "fourth"];

function toneOf(holder: number): Tone {
  return tones[holder % tones.length] ?? "faint";
}
