import type { History } from "../../core/mod.ts";
import type { PortCall } from "../../worlds/sim/mod.ts";

/** One call of a port that a replica made: the n-th of its name since the load began. */
export interface CountedCall {
  readonly replica: string;
  /** `jobs.advance` */
  readonly call: string;
  readonly nth: number;
  /** As people know it: `jobs.advance:DISPATCHED`. */
  readonly name: string;
}

/** A place where a replica can die: right before or right after one of its calls. */
export interface CrashPoint extends CountedCall {
  readonly when: "before" | "after";
}

/** What follows the last write about a job, such as the release of its lock, comes within this. */
const afterworkMs = 50;

/** The calls that were made while the work was under way: from the beginning of the load until all had ended. */
export function callsDuringWork(calls: readonly PortCall[], history: History): CountedCall[] {
  const { from, to } = spanOfWork(history);
  const counts = new Map<string, number>();
  const counted: Heard[] = [];
  for (const { at, replica, call } of calls) {
    if (at < from || at > to) continue;
    const last = counted.at(-1);
    if (last && isFiner(call, at, replica, last)) {
      last.name = call;
      continue;
    }
    const nth = (counts.get(`${replica} ${call}`) ?? 0) + 1;
    counts.set(`${replica} ${call}`, nth);
    counted.push({ replica, call, nth, name: call, at });
  }
  return counted.map(({ replica, call, nth, name }) => ({ replica, call, nth, name }));
}

/** A call, and when it was made. */
interface Heard extends Omit<CountedCall, "name"> {
  name: string;
  readonly at: number;
}

/** Both sides of every call. */
export function crashPointsOf(calls: readonly CountedCall[]): CrashPoint[] {
  return calls.flatMap((call) => [
    { ...call, when: "before" as const },
    { ...call, when: "after" as const },
  ]);
}

function spanOfWork({ phases, jobs, endedAt }: History): { from: number; to: number } {
  const from = phases.find(({ phase }) => phase === "load")?.at ?? 0;
  const moments = [...jobs.values()].flatMap(({ writes, effects }) => [...writes, ...effects].map(({ at }) => at));
  return { from, to: moments.length === 0 ? endedAt : Math.max(...moments) + afterworkMs };
}

/** `jobs.advance:DISPATCHED` right after `jobs.advance` is the same call, with what it is about. */
function isFiner(call: string, at: number, replica: string, last: Heard): boolean {
  return call.startsWith(`${last.call}:`) && replica === last.replica && at === last.at;
}
