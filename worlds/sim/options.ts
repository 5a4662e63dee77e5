import type { Cluster } from "../../core/mod.ts";
import type { Kernel } from "../../sim/mod.ts";
import type { SimConditions } from "./conditions.ts";
import type { MemoryHistory } from "./witness/memory-history.ts";

/** A call of a port, as a replica makes it. */
export interface PortCall {
  /** Virtual time. */
  readonly at: number;
  readonly replica: string;
  /** As traps name it: `jobs.advance`, and then `jobs.advance:DISPATCHED`. */
  readonly call: string;
}

/** How to boot a simulated world. */
export interface SimWorldOptions {
  /** Whose virtual time it is. It must be running. */
  readonly kernel: Kernel;
  readonly conditions: SimConditions;
  readonly cluster: Cluster;
  /** Environment variables of the plane that differ from its defaults. */
  readonly variables: Readonly<Record<string, string>>;
  /** Safeguards to leave out, by name. */
  readonly without: readonly string[];
  /** A fault that is planned needs a replica of Redis, whatever the conditions say. @defaultValue false */
  readonly needsReplica?: boolean;
  /** Gets what every witness of the world sees. */
  readonly history: MemoryHistory;
  /** Told of every call of every port, before it is made. @defaultValue nobody */
  readonly onCall?: (call: PortCall) => void;
  /** Aborting it takes everything down at once. */
  readonly signal: AbortSignal;
}
