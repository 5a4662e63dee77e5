import { nearestNames, type Clock, type Trap } from "../../core/mod.ts";

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
  /**
   * Sends the signal to this very process. Where a signal that halts does not halt the running code by itself, the
   * promise settles when the code may go on, if it ever may.
   */
  readonly signal: (name: "SIGKILL" | "SIGTERM" | "SIGSTOP") => void | Promise<void>;
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
      return passTraps(call, sprung, make, actions);
    },
  };
}

function springs(set: SetTrap, call: string): boolean {
  if (set.trap.call !== call) return false;
  set.calls += 1;
  return set.trap.nth === "every" || set.calls === (set.trap.nth ?? 1);
}

function passTraps<Result>(call: string, sprung: readonly SetTrap[], make: () => Result, actions: TrapActions): Result {
  const before = sprung.filter(({ trap }) => trap.when === "before");
  const after = sprung.filter(({ trap }) => trap.when === "after");
  const wait = act(before, actions);
  // Calls that answer at once cannot be delayed: `refusalOf` sees to it.
  const result = wait && !immediateCalls.has(call) ? (wait.then(make) as Result) : make();
  return after.length === 0 ? result : actWhenSettled(result, after, actions);
}

function actWhenSettled<Result>(result: Result, after: readonly SetTrap[], actions: TrapActions): Result {
  if (!(result instanceof Promise)) {
    void act(after, actions);
    return result;
  }
  const answer = async (): Promise<unknown> => {
    try {
      return (await result) as unknown;
    } finally {
      await act(after, actions);
    }
  };
  return answer() as Result;
}

/** Announces the traps and sends their signals; the answer is what to wait for, if there is anything. */
function act(sprung: readonly SetTrap[], { announce, signal, clock }: TrapActions): Promise<unknown> | undefined {
  const waits: Promise<void>[] = [];
  for (const set of sprung) {
    const { id, trap } = set;
    if (!set.sprung || trap.action !== "delay") announce(id, trap.action);
    set.sprung = true;
    const wait = trap.action === "delay" ? clock.sleep(trap.delayMs ?? 0) : signal(signals[trap.action]);
    if (wait) waits.push(wait);
  }
  return waits.length === 0 ? undefined : Promise.all(waits);
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
