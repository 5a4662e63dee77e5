import { nearestNames, type Clock, type Trap } from "../../../core/mod.ts";

/** Traps on the calls of one replica. */
export interface TrapBoard {
  /** Sets a trap; the answer is why it cannot be set, or nothing. */
  set(id: number, trap: Trap): string | undefined;
  /** Harmless when it is gone already. */
  remove(id: number): void;
  /** Makes a call known, so that traps may name it. */
  declare(call: string): void;
  /** Makes the call, with whatever traps are set on it before and after it. */
  pass<Result>(call: string, make: () => Result): Result;
}

/** How a trap acts on the process that it is in. */
export interface TrapActions {
  readonly clock: Clock;
  /** Tells the harness, before the act: afterwards there may be nobody left to tell. A delay is told once. */
  readonly announce: (id: number, action: Trap["action"]) => void;
  /** Sends the signal to this very process. */
  readonly signal: (name: "SIGKILL" | "SIGTERM" | "SIGSTOP") => void;
}

interface SetTrap {
  readonly id: number;
  readonly trap: Trap;
  calls: number;
  sprung: boolean;
}

const signals = { kill: "SIGKILL", stop: "SIGTERM", pause: "SIGSTOP" } as const;

/** A board without traps; a call that has none costs one look at an empty map. */
export function trapBoard(actions: TrapActions): TrapBoard {
  const known = new Set<string>();
  const traps = new Map<number, SetTrap>();
  const springing = (call: string): SetTrap[] => [...traps.values()].filter((each) => springs(each, call));
  const spend = ({ id, trap }: SetTrap): void => void (trap.nth !== "every" && traps.delete(id));
  return {
    set(id, trap) {
      const refusal = refusalOf(trap, known);
      if (refusal === undefined) traps.set(id, { id, trap, calls: 0, sprung: false });
      return refusal;
    },
    remove: (id) => void traps.delete(id),
    declare: (call) => void known.add(call),
    pass(call, make) {
      if (traps.size === 0) return make();
      const sprung = springing(call);
      if (sprung.length === 0) return make();
      sprung.forEach(spend);
      return passTraps(sprung, make, actions);
    },
  };
}

function springs(set: SetTrap, call: string): boolean {
  if (set.trap.call !== call) return false;
  set.calls += 1;
  return set.trap.nth === "every" || set.calls === (set.trap.nth ?? 1);
}

function passTraps<Result>(sprung: readonly SetTrap[], make: () => Result, actions: TrapActions): Result {
  const before = sprung.filter(({ trap }) => trap.when === "before");
  const after = sprung.filter(({ trap }) => trap.when === "after");
  const waitMs = act(before, actions);
  // Only calls that return a promise can be delayed: `refusalOf` sees to it.
  const result = waitMs === 0 ? make() : (actions.clock.sleep(waitMs).then(make) as Result);
  return after.length === 0 ? result : actWhenSettled(result, after, actions);
}

function actWhenSettled<Result>(result: Result, after: readonly SetTrap[], actions: TrapActions): Result {
  const settled = async (): Promise<void> => {
    const waitMs = act(after, actions);
    if (waitMs > 0) await actions.clock.sleep(waitMs);
  };
  if (!(result instanceof Promise)) {
    void settled();
    return result;
  }
  const answer = async (): Promise<unknown> => {
    try {
      return (await result) as unknown;
    } finally {
      await settled();
    }
  };
  return answer() as Result;
}

/** Announces the traps and sends their signals; the answer is for how long to wait. */
function act(sprung: readonly SetTrap[], { announce, signal }: TrapActions): number {
  let waitMs = 0;
  for (const set of sprung) {
    const { id, trap } = set;
    if (!set.sprung || trap.action !== "delay") announce(id, trap.action);
    set.sprung = true;
    if (trap.action === "delay") waitMs += trap.delayMs ?? 0;
    else signal(signals[trap.action]);
  }
  return waitMs;
}

/** Calls that answer at once, so that nothing can wait for them. */
const immediateCalls = new Set(["bus.broadcast", "bus.listen", "bus.connected"]);

function refusalOf({ call, nth = 1, action, delayMs }: Trap, known: ReadonlySet<string>): string | undefined {
  if (!known.has(call) && !known.has(kindOf(call))) return `no call is named "${call}"${suggestion(call, [...known])}`;
  if (nth !== "every" && !(Number.isInteger(nth) && nth >= 1)) return `calls are counted from 1, not ${nth}`;
  if (action !== "delay") return undefined;
  if (immediateCalls.has(call)) return `"${call}" answers at once and cannot be delayed`;
  return delayMs !== undefined && delayMs > 0 ? undefined : "a delay needs its delayMs";
}

/** Of `redis.script:lock-release` and `jobs.advance:DISPATCHED` only the kind is known beforehand. */
function kindOf(call: string): string {
  return call.split(":", 1)[0] ?? call;
}

function suggestion(call: string, known: readonly string[]): string {
  const nearest = nearestNames(call, known);
  return nearest.length === 0 ? "" : `; near it: ${nearest.join(", ")}`;
}
