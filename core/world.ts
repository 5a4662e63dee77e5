/** A role of the plane on trial. */
export type Role = "gateway" | "scheduler" | "worker";

/** One replica as its world sees it. */
export interface Replica {
  /** `scheduler-2` */
  readonly id: string;
  readonly role: Role;
  readonly state: "starting" | "ready" | "paused" | "exited";
  /** Base URL of its HTTP server (health, metrics, and a gateway's API), while it is known. */
  readonly url: string | undefined;
}

/**
 * A trap on a named port call inside a replica: the n-th call of a kind kills, stops or pauses the process, or waits.
 *
 * Calls are named `<port>.<method>`, such as `jobs.advance` or `bus.publish`; see `docs/ARCHITECTURE.md` for the list.
 */
export interface Trap {
  readonly call: string;
  /** Counted from 1 since the trap was set; `every` springs each time. @defaultValue 1 */
  readonly nth?: number | "every";
  readonly when: "before" | "after";
  /** `kill` is SIGKILL, `stop` SIGTERM and `pause` SIGSTOP, each sent by the process to itself; `delay` waits. */
  readonly action: "kill" | "stop" | "pause" | "delay";
  /** For `delay`. */
  readonly delayMs?: number;
}

/** A trap that has been set. */
export interface SetTrap {
  /** Resolves when it springs for the first time. */
  readonly sprung: Promise<void>;
  /** Takes it away; harmless when it is gone already. */
  remove(): Promise<void>;
}

/** Where a plane runs and what can be done to it. Faults and load know nothing else. */
export interface World extends AsyncDisposable {
  readonly kind: "local";
  /** All replicas ever started, in order of their ids. */
  replicas(): readonly Replica[];
  /**
   * The ids that a selector means at this moment: `scheduler-2`, `scheduler` (all of the role),
   * or `scheduler.leader` (who holds the reconciler's lease).
   *
   * @throws UsageError when it means nothing.
   */
  pick(selector: string): Promise<string[]>;
  /** Adds one replica of a role and waits until it is ready. */
  join(role: Role): Promise<string>;
  /** SIGTERM, then waits for the exit (SIGKILL after the shutdown budget). */
  stop(id: string): Promise<void>;
  /** SIGKILL, then waits for the exit. */
  kill(id: string): Promise<void>;
  /** SIGSTOP. */
  pause(id: string): Promise<void>;
  /** SIGCONT. */
  resume(id: string): Promise<void>;
  /** Starts an exited replica again under its old id and address, and waits until it is ready. */
  restart(id: string): Promise<void>;
  setTrap(id: string, trap: Trap): Promise<SetTrap>;
}
