import type { FaultWindow, History, SectionHistory } from "../../core/mod.ts";
import type { Journey } from "./journeys.ts";
import { insideUntil } from "./stays.ts";
import type { Silence } from "./waiting.ts";

/** How the plane got over one fault. All durations count from when the fault struck. */
export interface Recovery {
  readonly fault: FaultWindow;
  readonly struckAt: number;
  /** Leases that a target held when it was struck. */
  readonly leasesHeld: number;
  /** Until the last of them had another holder; missing when one never had. */
  readonly takeoverMs: number | undefined;
  /** Jobs that were acknowledged before the strike, and had not taken effect. */
  readonly inFlight: number;
  /** Until the last of them took effect. */
  readonly inFlightDoneMs: number | undefined;
  /** Those of them that never did. */
  readonly inFlightWithoutEffect: number;
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
  return history.faults.flatMap((fault) =>
    fault.struckAt === undefined ? [] : [recovery(fault, fault.struckAt, history, traffic)],
  );
}

function recovery(fault: FaultWindow, struckAt: number, history: History, traffic: Traffic): Recovery {
  return {
    fault,
    struckAt,
    ...succession(fault, struckAt, history.sections),
    ...inFlight(struckAt, traffic.journeys),
    longestSilenceMs: longestSilence(struckAt, fault.healAt ?? traffic.endMs, traffic.silences),
    backMs: back(fault, struckAt, history),
  };
}

function succession(
  fault: FaultWindow,
  struckAt: number,
  sections: readonly SectionHistory[],
): Pick<Recovery, "leasesHeld" | "takeoverMs"> {
  const leases = sections.filter((stay) => stay.guard === "lease");
  const held = leases.filter(
    (stay) => fault.targets.includes(stay.who) && stay.enteredAt <= struckAt && insideUntil(stay) > struckAt,
  );
  const successors = held.map((stay) =>
    leases.find((next) => next.key === stay.key && next.who !== stay.who && next.enteredAt >= struckAt),
  );
  const takenOver = successors.flatMap((next) => (next ? [next.enteredAt - struckAt] : []));
  const complete = held.length > 0 && takenOver.length === held.length;
  return { leasesHeld: held.length, takeoverMs: complete ? latest(takenOver) : undefined };
}

function inFlight(
  struckAt: number,
  travelled: readonly Journey[],
): Pick<Recovery, "inFlight" | "inFlightDoneMs" | "inFlightWithoutEffect"> {
  const open = travelled.filter(
    ({ acknowledgedAt, effectAt = Infinity }) => acknowledgedAt <= struckAt && effectAt > struckAt,
  );
  const done = open.flatMap(({ effectAt }) => (effectAt === undefined ? [] : [effectAt - struckAt]));
  return { inFlight: open.length, inFlightDoneMs: latest(done), inFlightWithoutEffect: open.length - done.length };
}

function longestSilence(fromMs: number, toMs: number, all: readonly Silence[]): number | undefined {
  return latest(all.flatMap((each) => (each.toMs > fromMs && each.fromMs < toMs ? [each.toMs - each.fromMs] : [])));
}

function back(fault: FaultWindow, struckAt: number, { replicas }: History): number | undefined {
  const returned = replicas.find(
    ({ replica, phase, at }) =>
      at > struckAt && fault.targets.includes(replica) && (phase === "ready" || phase === "resumed"),
  );
  return returned && returned.at - struckAt;
}

function latest(durations: readonly number[]): number | undefined {
  return durations.length === 0 ? undefined : durations.reduce((most, each) => Math.max(most, each));
}
