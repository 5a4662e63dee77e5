import type { History, Measurement, SectionHistory, WriteEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { severing } from "./severing.ts";
import { sleepsIn, type Sleeps } from "./sleep.ts";
import { staysUnder, type MetStay, type Stay } from "./stays.ts";

/**
 * For so long an awake holder may go on believing in a lock that has run out: the time to notice. It also covers the
 * way back of an answer whose question was not timed.
 */
const noticeWithinMs = 250;

/** A check that the critical sections under one kind of guard exclude each other. */
export function exclusiveSections(title: string, guard: SectionHistory["guard"], none: string): Check {
  return check(title, (history) => casesOf(history, guard), judge, {
    subjects: "critical sections",
    none,
    seen: (cases) => {
      const believed = overlapsOf(cases).length;
      return believed === 0 ? "none overlapped" : `${believed} overlapped in the belief of a sleeper, and did no harm`;
    },
    measure: (cases) => measurements(overlapsOf(cases)),
  });
}

/** A stay with everything that is needed to judge it. */
interface Case {
  readonly stay: MetStay;
  /** Later stays that began before this one's end was noted. */
  readonly later: Stay[];
  readonly evidence: Evidence;
}

interface Evidence {
  readonly sleeps: Sleeps;
  readonly writesIn: WritesIn;
  readonly history: History;
}

function casesOf(history: History, guard: SectionHistory["guard"]): Case[] {
  const evidence = { sleeps: sleepsIn(history), writesIn: acceptedWrites(history), history };
  const cases = new Map<SectionHistory, Case>();
  for (const stay of staysUnder(history, guard)) {
    for (const { section } of stay.earlier) cases.get(section)?.later.push(stay);
    cases.set(stay.section, { stay, later: [], evidence });
  }
  return [...cases.values()];
}

function judge(subject: Case): Finding {
  const because = intrusion(subject) ?? foreignRelease(subject) ?? ranOut(subject);
  const { key, enteredAt } = subject.stay.section;
  return because === undefined ? undefined : { subject: key, because, at: enteredAt };
}

/** It got in while somebody else was inside. */
function intrusion({ stay, evidence }: Case): string | undefined {
  for (const other of stay.earlier) {
    const because = other.cutOff ? laterSign(other, stay, evidence) : overlapping(other, stay, evidence);
    if (because !== undefined) return because;
  }
  return undefined;
}

/** Of a holder that died, only what it did after the other had entered shows that it was still inside. */
function laterSign({ section: died }: Stay, { section }: Stay, { sleeps, writesIn }: Evidence): string | undefined {
  const wrote = writesIn(died).some((write) => isSentAfter(section.enteredAt, write, sleeps));
  if (!wrote && died.renewedAt <= section.enteredAt) return undefined;
  return `${section.who} entered at ${moment(section.enteredAt)}, and ${died.who} went on until it died`;
}

function overlapping(other: Stay, stay: Stay, evidence: Evidence): string | undefined {
  if (stay.section.enteredAt >= other.until) return undefined;
  return doubleGrant(other, stay, evidence) ?? bothActed(other, stay, evidence);
}

function doubleGrant(other: Stay, { section }: Stay, { sleeps }: Evidence): string | undefined {
  const { who, validUntil, removed } = other.section;
  if (section.enteredAt >= validUntil) return undefined;
  // A release that was not timed may have been answered late: the key was free already.
  const isTimed = removed !== true || other.section.endedAt !== other.section.endNotedAt;
  const awakeMs = sleeps.awakeMs(who, { fromMs: section.enteredAt, toMs: other.until });
  if (!isTimed && awakeMs <= noticeWithinMs) return undefined;
  return `${section.who} entered at ${moment(section.enteredAt)}, while ${who} held it until ${moment(validUntil)}`;
}

/** The earlier holder's time was over. That is no harm while it sleeps; awake, it has to notice, and must not write. */
function bothActed(other: Stay, stay: Stay, { sleeps, writesIn }: Evidence): string | undefined {
  const { section } = stay;
  const { who } = other.section;
  const entered = `${section.who} entered at ${moment(section.enteredAt)}`;
  const overlap = overlapOf(other, stay);
  const awakeMs = sleeps.awakeMs(who, overlap);
  if (awakeMs > noticeWithinMs) return `${entered}, and ${who} stayed inside for ${Math.round(awakeMs)} ms, awake`;
  const late = writesIn(other.section).find((write) => isSentAfter(section.enteredAt, write, sleeps));
  if (!late || writesIn(section).length === 0) return undefined;
  return `${entered}, and both wrote: ${who} wrote ${late.to} of ${late.job} at ${moment(late.at)}`;
}

function isSentAfter(enteredAt: number, { who, at, sentAt }: WriteEvent, sleeps: Sleeps): boolean {
  if (sentAt !== undefined) return sentAt > enteredAt;
  return sleeps.awakeMs(who, { fromMs: enteredAt, toMs: at }) > noticeWithinMs;
}

/** Its release removed the key of another, who was inside by then and lost it. */
function foreignRelease({ stay: { section }, later }: Case): string | undefined {
  const { removed, endNotedAt, endedAt } = section;
  if (removed !== true || endNotedAt === undefined) return undefined;
  const robbed = later.find((other) => {
    const wasInside =
      other.section.enteredAt < endNotedAt && endNotedAt < Math.min(other.until, other.section.validUntil);
    // When it was sent before the other entered, the key may have been its own; then the other lost nothing.
    const wasForeign = endedAt !== endNotedAt && (endedAt ?? 0) > other.section.enteredAt;
    return wasInside && (wasForeign || lostEarly(other.section));
  });
  return robbed && `${section.who}'s release at ${moment(endNotedAt)} removed the key of ${robbed.section.who}`;
}

/** It learnt that its key was gone before the time for which the store had promised to keep it. */
function lostEarly({ end, removed, endNotedAt = Infinity, validUntil }: SectionHistory): boolean {
  const found = end === "abandoned" || (end === "left" && removed === false);
  return found && endNotedAt < validUntil;
}

/** It lost the key though it was awake to renew it, and the store was there. */
function ranOut({ stay, evidence: { sleeps, history } }: Case): string | undefined {
  const { who, renewedAt, validUntil } = stay.section;
  const lostAt = lossOf(stay, history.endedAt);
  if (lostAt === undefined) return undefined;
  const renewal = { fromMs: renewedAt, toMs: Math.min(lostAt, validUntil) };
  const couldNot = sleeps.awakeMs(who, renewal) < ((renewal.toMs - renewal.fromMs) * 2) / 3;
  if (couldNot || isStoreAway(history, who, { fromMs: renewedAt, toMs: lostAt })) return undefined;
  return `${who} lost it at ${moment(lostAt)}, ${Math.round(lostAt - renewedAt)} ms after its last renewal, awake`;
}

/** When the holder lost the key under its own feet; nothing when it gave it back in time. */
function lossOf({ section, until }: Stay, runEndedAt: number): number | undefined {
  const { end, endNotedAt, validUntil } = section;
  if (end === "abandoned") return until;
  if (lostEarly(section)) return endNotedAt;
  const insideUntil = end === undefined ? Math.min(until, runEndedAt) - noticeWithinMs : until;
  return insideUntil > validUntil ? validUntil : undefined;
}

/** Whether the store was broken, or the holder cut off from it, at some time within these. */
function isStoreAway({ faults, endedAt }: History, who: string, { fromMs, toMs }: Overlap): boolean {
  return faults.some(({ action, targets, to, beginAt, healAt }) => {
    const isBroken = targets.some((target) => target.startsWith("redis"));
    const isCutOff = to === "redis" && severing.has(action) && targets.includes(who);
    return (isBroken || isCutOff) && beginAt < toMs && (healAt ?? endedAt) > fromMs;
  });
}

/** The writes that the store took from a section. */
type WritesIn = (section: SectionHistory) => readonly WriteEvent[];

/** Puts the writes in order when somebody asks for them for the first time: while nothing overlaps, nobody does. */
function acceptedWrites({ jobs }: History): WritesIn {
  let bySection: Map<string | undefined, WriteEvent[]> | undefined;
  return ({ section }) => {
    bySection ??= Map.groupBy(
      [...jobs.values()].flatMap(({ writes }) => writes.filter(({ accepted }) => accepted)),
      (write) => write.section,
    );
    return bySection.get(section) ?? [];
  };
}

interface Overlap {
  readonly fromMs: number;
  readonly toMs: number;
}

function overlapOf(other: Stay, stay: Stay): Overlap {
  return { fromMs: stay.section.enteredAt, toMs: Math.min(other.until, stay.until) };
}

function overlapsOf(cases: readonly Case[]): Overlap[] {
  return cases.flatMap(({ stay }) => {
    const others = stay.earlier.filter(({ cutOff }) => !cutOff);
    return others.map((other) => overlapOf(other, stay)).filter(({ fromMs, toMs }) => toMs > fromMs);
  });
}

function measurements(overlaps: readonly Overlap[]): Measurement[] {
  const lengths = overlaps.map(({ fromMs, toMs }) => toMs - fromMs).filter(Number.isFinite);
  return [
    { name: "overlaps", value: overlaps.length },
    { name: "overlapMsMax", value: lengths.reduce((most, each) => Math.max(most, each), 0) },
    { name: "overlapMsTotal", value: lengths.reduce((sum, each) => sum + each, 0) },
  ];
}
