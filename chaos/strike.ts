import type { Clock, FaultEvent, Witness, World } from "../core/mod.ts";
import type { Fault } from "./fault.ts";

/** What a plan acts on, and what ends it early. */
export interface FaultPlanContext {
  readonly world: World;
  readonly clock: Clock;
  readonly witness: Witness;
  /** Aborting it ends the plan without healing anything: the world is being taken down. */
  readonly signal: AbortSignal;
}

/** A fault in force. */
export interface Struck {
  /** Undoes it, and writes that down. Healing twice is healing once. */
  heal(): Promise<void>;
}

const mostNamed = 3;

/**
 * Strikes with a fault at the replicas that its selector means now, and writes down that it begins, when its trap
 * springs, and when it is healed.
 */
export async function strike(fault: Fault, number: number, context: FaultPlanContext): Promise<Struck> {
  const { world, witness, signal } = context;
  const targets = fault.untargeted ? [] : await world.pick(fault.selector);
  const name = nameOf(fault, number, targets);
  let healed = false;
  const same = { kind: "fault", fault: name, action: fault.action, ...linkOf(fault) } as const;
  const record = (phase: FaultEvent["phase"], replicas: readonly string[]): void =>
    witness.record({ ...same, phase, targets: [...replicas] });

  record("begin", targets);
  const undo = await fault.strike(world, targets, signal, (replica) => {
    if (!healed) record("strike", [replica]);
  });
  let healing: Promise<void> | undefined;
  const heal = async (): Promise<void> => {
    await undo();
    healed = true;
    record("heal", targets);
  };
  return { heal: () => (healing ??= heal()) };
}

function linkOf({ to, delayMs }: Fault): Pick<FaultEvent, "to" | "delayMs"> {
  return { ...(to === undefined ? {} : { to }), ...(delayMs === undefined ? {} : { delayMs }) };
}

/** `2 kill scheduler-2`, `3 cut scheduler-1 redis`; a crowd goes by its selector. */
function nameOf({ action, selector, to }: Fault, number: number, targets: readonly string[]): string {
  const isCrowd = targets.length === 0 || targets.length > mostNamed;
  const whom = isCrowd ? selector : targets.join(",");
  return [number, action, whom, ...(to === undefined ? [] : [to])].join(" ");
}
