import { ms, type Duration, type World } from "../core/mod.ts";
import type { FaultData } from "./fault-data.ts";

/** Undoes a fault. Healing twice is harmless. */
export type Heal = () => Promise<void>;

/** Told when a fault that lies in wait catches a replica, or when one has joined. */
export type Sprung = (replica: string) => void;

/** Something that goes wrong on purpose, on any world. It returns its own heal, so none can be forgotten. */
export interface Fault {
  /** A verb: `kill`. */
  readonly action: string;
  /** Resolved to replicas when the fault strikes: `scheduler-2`, `scheduler`, `scheduler.leader`. */
  readonly selector: string;
  /** The selector means no replica that is there, so none is resolved and `targets` is empty. @defaultValue false */
  readonly untargeted?: boolean;
  /** The other end of a link, for a fault of the network: `redis`. */
  readonly to?: string;
  /** For a delay of a link: how much later everything comes, in each direction. */
  readonly delayMs?: number;
  /** The world must have been booted with links that can be disturbed. @defaultValue false */
  readonly needsLinks?: boolean;
  /** The world must be able to set traps inside its replicas. @defaultValue false */
  readonly needsTraps?: boolean;
  /** The servers must be the world's own, to be struck themselves: only simulated ones are. @defaultValue false */
  readonly needsServers?: boolean;
  /** Only a simulated network or a simulated clock can do it. @defaultValue false */
  readonly needsSimulation?: boolean;
  /** Redis must have a replica that can take over. @defaultValue false */
  readonly needsReplica?: boolean;
  /** What rebuilds it. Without it a run that has it cannot be written down, and so not be shrunk or replayed. */
  readonly data?: FaultData;
  /** Strikes each target. Resolves when the fault is in force. */
  strike(world: World, targets: readonly string[], signal: AbortSignal, sprung: Sprung): Promise<Heal>;
}

/** A fault and its hour, counted from the beginning of the load. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly atMs: number;
  /** Without it, the fault stays until the runner heals everything. */
  readonly healAfterMs?: number;
}

/** Plans a fault: `at("20s", kill("scheduler.leader"), { healAfter: "15s" })`. */
export function at(when: Duration, fault: Fault, options: { healAfter?: Duration } = {}): PlannedFault {
  return {
    fault,
    atMs: ms(when),
    ...(options.healAfter === undefined ? {} : { healAfterMs: ms(options.healAfter) }),
  };
}
