import type { Clock, Random, Witness } from "../../core/mod.ts";
import type { Bus } from "./bus.ts";
import type { Jobs } from "./jobs.ts";
import type { Leases } from "./leases.ts";
import type { Locks } from "./locks.ts";
import type { Log, Metrics } from "./observability.ts";
import type { Outbox } from "./outbox.ts";
import type { DeadLetters, Idempotency, Limiter, StoreHealth, WorkerSnapshots } from "./stores.ts";
import type { Runs, RunTimers, Workflows } from "./workflows.ts";

/** Everything a role may ask of the outside. Nothing else reaches it. */
export interface Environment {
  /** CORDUM_INSTANCE_ID */
  readonly instance: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly witness: Witness;
  readonly bus: Bus;
  readonly jobs: Jobs;
  readonly locks: Locks;
  readonly leases: Leases;
  readonly outbox: Outbox;
  readonly limiter: Limiter;
  readonly idempotency: Idempotency;
  readonly workerSnapshots: WorkerSnapshots;
  readonly deadLetters: DeadLetters;
  readonly workflows: Workflows;
  readonly runs: Runs;
  readonly runTimers: RunTimers;
  readonly store: StoreHealth;
}
