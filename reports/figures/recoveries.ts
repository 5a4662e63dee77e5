import type { FaultWindow, History } from "../../core/mod.ts";
import type { Journey } from "./journeys.ts";
import { staysOf, type Stay } from "./stays.ts";
import type { Silence } from "./waiting.ts";

/** How the plane got over one fault. All durations count from when it struck, unless they say otherwise. */
export interface Recovery {
  readonly fault: FaultWindow;
  readonly struckAt: number;
  /** Leases that a target held when it was struck. */
  readonly leasesHeld: number;
  /** Those of them that it lost before the next fault struck. */
  readonly leasesLost: number;
  /** Until the last of these had a new term, be it the same holder's; missing when one never had. */
  readonly ledAgainMs: number | undefined;
  /** Until anything took effect again. */
  readonly firstEffectMs: number | undefined;
  /** Jobs that waited at the strike, or were acknowledged before the fault was healed or the next one struck. */
  readonly jobsMet: number;
  /** The longest that one of them waited, from the strike or its own acknowledgement, whichever came later. */
  readonly slowestJobMs: number | undefined;
  /** Those of them that never took effect. */
  readonly jobsWithoutEffect: number;
  /** The longest time under the fault in which work waited and nothing took effect. */
  readonly longestSilenceMs: number | undefined;
  /** Until a target was ready again. */
  readonly backMs: number | undefined;
}

/** What {@link recoveries} looks at, besides the history. */
export interface Traffic {
  readonly journeys: readonly Journey[];
  readonly silences: readonly Silence[];
  readonly endMs: number;
}

/** The recovery from each fault that struck, in order of time. */
export function recoveries(history: History, traffic: Traffic): Recovery[] {
  const struck = history.faults.filter((fault) => fault.struckAt !== undefined);
  const leases = staysOf(history).filter(({ section }) => section.guard === "lease");
  const overAt = history.phases.findLast(({ phase }) => phase === "end")?.at ?? traffic.endMs;
  return struck.map((fault, index) => {
    const { struckAt = 0, healAt = traffic.endMs } = fault;
    const nextAt = struck[index + 1]?.struckAt ?? overAt;
    return {
      fault,
      struckAt,
      ...leadership(fault, { struckAt, nextAt, leases }),
      ...work(struckAt, Math.min(healAt, nextAt), traffic.journeys),
      longestSilenceMs: longestSilence(struckAt, healAt, traffic.silences),
      backMs: back(fault, struckAt, history),
    };
  });
}

/** What ended by the time of the next fault, or of the plane's end, ended because of this one. */
function leadership(
  { targets }: FaultWindow,
  { struckAt, nextAt, leases }: { struckAt: number; nextAt: number; leases: readonly Stay[] },
): Pick<Recovery, "leasesHeld" | "leasesLost" | "ledAgainMs"> {
  const held = leases.filter(
    ({ section, untilMs }) => targets.includes(section.who) && section.enteredAt <= struckAt && untilMs >= struckAt,
  );
  const lost = held.filter(({ untilMs }) => untilMs < nextAt);
  const again = lost.flatMap(({ section: { key } }) => {
    const next = leases.find(({ section }) => section.key === key && section.enteredAt > struckAt);
    return next ? [next.section.enteredAt - struckAt] : [];
  });
  const ledAgainMs = again.length < lost.length ? undefined : latest(again);
  return { leasesHeld: held.length, leasesLost: lost.length, ledAgainMs };
}

function work(
  struckAt: number,
  untilMs: number,
  travelled: readonly Journey[],
): Pick<Recovery, "firstEffectMs" | "jobsMet" | "slowestJobMs" | "jobsWithoutEffect"> {
  const met = travelled.filter(
    ({ acknowledgedAt, effectAt = Infinity }) =>
      acknowledgedAt < untilMs && Math.max(acknowledgedAt, effectAt) > struckAt,
  );
  const arrived = met.flatMap(({ acknowledgedAt, effectAt }) =>
    effectAt === undefined ? [] : [{ effectAt, waitedMs: Math.max(0, effectAt - Math.max(struckAt, acknowledgedAt)) }],
  );
  return {
    firstEffectMs: earliest(arrived.map(({ effectAt }) => effectAt - struckAt)),
    jobsMet: met.length,
    slowestJobMs: latest(arrived.map(({ waitedMs }) => waitedMs)),
    jobsWithoutEffect: met.length - arrived.length,
  };
}

function longestSilence(fromMs: number, toMs: number, all: readonly Silence[]): number | undefined {
  return latest(all.flatMap((each) => (each.toMs > fromMs && each.fromMs < toMs ? [each.toMs - each.fromMs] : [])));
}

function back({ targets }: FaultWindow, struckAt: number, { replicas }: History): number | undefined {
  const returned = replicas.find(
    ({ replica, phase, at }) =>
      at > struckAt && targets.includes(replica) && (phase === "ready" || phase === "resumed"),
  );
  return returned && returned.at - struckAt;
}

function latest(durations: readonly number[]): number | undefined {
  return durations.length === 0 ? undefined : durations.reduce((most, each) => Math.max(most, each));
}

function earliest(durations: readonly number[]): number | undefined {
  return durations.length === 0
    ? undefined
    : Math.max(
        0,
        durations.reduce((least, each) => Math.min(least, each)),
      );
}
