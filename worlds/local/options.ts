import { nearestNames, UsageError, type Clock, type Cluster, type ServersKind, type Witness } from "../../core/mod.ts";
import { assertKnownVariables } from "../../reference/config/config.ts";
import { safeguards } from "../../reference/safeguards.ts";

/** How to boot a local world. */
export interface LocalWorldOptions {
  readonly cluster: Cluster;
  /** Environment variables of the plane that differ from its defaults. */
  readonly variables: Readonly<Record<string, string>>;
  /** Safeguards to leave out, by name. */
  readonly without: readonly string[];
  /** Folder of the run: gets `logs/`, `witnesses/` and, while the world is there, `data/`. */
  readonly folder: string;
  /** The run's clock, and its origin for the clocks of the replicas. */
  readonly clock: Clock;
  readonly originNs: bigint;
  /** The harness's own witness: gets the replicas' events. */
  readonly witness: Witness;
  /** Aborting it takes everything down at once. */
  readonly signal: AbortSignal;
  /** Whether witnesses write files: a plane that is up for days has nobody to read them. @defaultValue true */
  readonly witnessed?: boolean;
  /** Whether links can be disturbed: each then goes through a proxy of Toxiproxy's. @defaultValue false */
  readonly links?: boolean;
  /** Redis and NATS as they are installed, or stand-ins that need no installation. @defaultValue "real" */
  readonly servers?: ServersKind;
  /** Told a line about each step. */
  readonly progress?: (line: string) => void;
  /** The module that a replica's process runs, with its role as argument. @defaultValue the reference plane's */
  readonly replicaEntry?: string;
}

/** @throws UsageError when a variable or a safeguard does not exist, or a number of replicas makes no sense. */
export function assertOptions(options: Pick<LocalWorldOptions, "cluster" | "variables" | "without">): void {
  const { cluster, variables, without } = options;
  assertKnownVariables(Object.keys(variables));
  for (const name of without) assertSafeguard(name);
  for (const [role, count] of Object.entries(cluster)) {
    if (!Number.isInteger(count) || count < 0) throw new UsageError(`Cannot start ${count} ${role}`);
  }
}

function assertSafeguard(name: string): void {
  const known = Object.keys(safeguards);
  if (known.includes(name)) return;
  const nearest = nearestNames(name, known);
  throw new UsageError(
    `Unknown safeguard "${name}"`,
    nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : "`seatrial list safeguards` shows all",
  );
}
