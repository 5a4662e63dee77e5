import type { History, ReplicaEvent } from "../core/mod.ts";
import { trialEndOf } from "./run-end.ts";

/** A time in which the same replicas of a role lived. */
export interface Membership {
  /** What it began with: `worker-3 exited`. */
  readonly change: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The replicas that are there. */
  readonly present: ReadonlySet<string>;
  /** Those that may count as there or not: starting, stopping, or asleep. */
  readonly uncertain: ReadonlySet<string>;
}

/** Which replicas of a role lived when, as the world saw it, from the first event to the end of the trial. */
export function* membershipsOf(history: History, role: string): Generator<Membership> {
  const endMs = trialEndOf(history);
  const events = history.replicas.filter((event) => event.role === role && event.at < endMs);
  const standing = new Map<string, Standing>();
  for (const [index, event] of events.entries()) {
    standing.set(event.replica, standingAfter[event.phase]);
    yield {
      change: `${event.replica} ${event.phase}`,
      fromMs: event.at,
      toMs: events[index + 1]?.at ?? endMs,
      present: namesIn(standing, "present"),
      uncertain: namesIn(standing, "uncertain"),
    };
  }
}

type Standing = "present" | "uncertain" | "absent";

const standingAfter: Readonly<Record<ReplicaEvent["phase"], Standing>> = {
  starting: "uncertain",
  ready: "present",
  paused: "uncertain",
  resumed: "present",
  stopping: "uncertain",
  exited: "absent",
};

function namesIn(standing: ReadonlyMap<string, Standing>, wanted: Standing): Set<string> {
  return new Set([...standing].filter(([, each]) => each === wanted).map(([name]) => name));
}
