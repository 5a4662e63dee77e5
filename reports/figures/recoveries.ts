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
  /** Until the last of them had another holder; missing when one never had. */
  readonly takeoverMs: number | undefined;
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
  return struck.map((fault, index) => {
    const { struckAt = 0, healAt = traffic.endMs } = fault;
    const untilMs = Math.min(healAt, struck[index + 1]?.struckAt ?? traffic.endMs);
    return {
      fault,
      struckAt,
      ...succession(fault, struckAt, leases),
      ...work(struckAt, untilMs, traffic.journeys),
      longestSilenceMs: longestSilence(struckAt, healAt, traffic.silences),
      backMs: back(fault, struckAt, history),
    };
  });
}

function succession(
  { targets }: FaultWindow,
  struckAt: number,
  leases: readonly Stay[],
): Pick<Recovery, "leasesHeld" | "takeoverMs"> {
  const held = leases.filter(
    ({ section, untilMs }) => targets.includes(section.who) && section.enteredAt <= struckAt && untilMs >= struckAt,
  );
  const takenOver = held.flatMap(({ section: { key, who } }) => {
    const next = leases.find(
      ({ section }) => section.key === key && section.who !== who && section.enteredAt > struckAt,
    );
    return next ? [next.section.enteredAt - struckAt] : [];
  });
  return { leasesHeld: held.length, takeoverMs: takenOver.length < held.length ? undefined : latest(takenOver) };
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
