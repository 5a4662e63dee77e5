import type { RunRecord, ServersKind, WorldKind } from "../core/mod.ts";

/** What is known of the servers of a run, or of several. */
export interface ServersOfRun {
  /** @defaultValue "real" */
  readonly servers?: ServersKind | undefined;
  readonly machine?: Pick<RunRecord["machine"], "redis" | "nats"> | undefined;
  readonly world?: WorldKind | undefined;
}

/**
 * What a reader must know of a run's servers before anything else: that they were not the real ones, and what that
 * leaves out. Nothing when they were.
 */
export function serversNote({ servers = "real", machine, world }: ServersOfRun): string | undefined {
  if (world === "sim") return simulatedNote;
  if (servers === "real") return undefined;
  const names = machine === undefined ? "Redis and NATS" : `Redis ${machine.redis} and NATS ${machine.nats}`;
  return (
    `Embedded servers: ${names} were Seatrial's own stand-ins, in memory, a single node each. ` +
    "What disks, replication and a server's own speed do to the plane, this does not show."
  );
}

const simulatedNote =
  "Simulated: everything happened in virtual time, in one process, with Seatrial's own engines as Redis and NATS on a " +
  "made-up network. Times are virtual: code takes none, and nothing here was measured on a machine.";

/** The note of the first run that has one: the servers of a suite are the same for all its runs. */
export function serversNoteOf(runs: readonly ServersOfRun[]): string | undefined {
  return runs.map(serversNote).find((note) => note !== undefined);
}
