import type { SafeguardName } from "../reference/safeguards.ts";

/** A promise of the plane. */
export interface Guarantee {
  readonly id: string;
  readonly promise: string;
  /** How the plane keeps it. */
  readonly mechanism: string;
  /** Titles of the checks that examine it. */
  readonly checks: readonly string[];
}

/** The promises that this plane makes today. `docs/GUARANTEES.md` is generated from this table and the next. */
export const guarantees: readonly Guarantee[] = [
  {
    id: "G1",
    promise: "An accepted job reaches exactly one terminal state, with the right cause; none is lost.",
    mechanism:
      "Compare-and-set of the state in one single-key script; an outbox written with the state; recovery acts before timeouts do.",
    checks: ["no job is lost", "one terminal state", "legal transitions"],
  },
  {
    id: "G2",
    promise: "One execution per attempt epoch, one effect per job at a fenced sink.",
    mechanism:
      "Job lock with token and renewal; a revision that fences off older writers; an epoch in every dispatch, claim, result and effect.",
    checks: ["one execution per epoch", "one dispatch per epoch", "no effect twice", "lock is exclusive"],
  },
  {
    id: "G3",
    promise: "One leader acts at a time.",
    mechanism: "Leases with epochs; every decision is validated again inside the write.",
    checks: ["one leader at a time"],
  },
  {
    id: "G4",
    promise: "Admitted requests keep to the limit over all replicas.",
    mechanism:
      "Two adjacent seconds weighted, in one script on the store's clock; limit / replicas for each gateway while Redis is away.",
    checks: ["rate limit holds", "degraded limit holds"],
  },
  {
    id: "G5",
    promise: "Every gateway shows the same workers within a bound.",
    mechanism: "One snapshot, written under a lease from broadcast heartbeats.",
    checks: ["workers agree"],
  },
  {
    id: "G6",
    promise: "Each workflow step takes effect once per attempt, in order; every run ends.",
    mechanism:
      "A run is changed under its lock, on the version and epoch of its opening; an outbox with every change; ids of jobs that follow from run, step, child and attempt; recovery oldest first.",
    checks: ["steps run once, in order", "every run ends", "delays are not early", "lock is exclusive"],
  },
  {
    id: "G8",
    promise: "SIGTERM loses nothing within 15 s.",
    mechanism: "Intake stops, what was begun is finished, what was not is handed back, leases are given up.",
    checks: ["no job is lost"],
  },
  {
    id: "G9",
    promise: "One idempotency key stands for one resolvable job id.",
    mechanism: "The first request reserves the id in one command; creating a job is idempotent by its id.",
    checks: ["one job per key", "lost replies are resolved", "every effect is acknowledged"],
  },
];

/** The proof that a safeguard is needed: without it, this check of this scenario fails. */
export interface Proof {
  readonly scenario: string;
  /** Titles of the checks of which at least one must fail. */
  readonly caughtBy: readonly string[];
}

/** One proof for every safeguard. `seatrial ablate` runs them. */
export const proofs: Readonly<Record<SafeguardName, Proof>> = {
  "shared-limiter": { scenario: "distributed-rate-limit", caughtBy: ["rate limit holds"] },
  "job-lock": { scenario: "slow-scheduler", caughtBy: ["lock is exclusive"] },
  "lock-token": { scenario: "woken-lock-holder", caughtBy: ["lock is exclusive"] },
  "lock-renewal": { scenario: "slow-scheduler", caughtBy: ["lock is exclusive"] },
  "fencing-epoch": { scenario: "paused-worker", caughtBy: ["no effect twice"] },
  "worker-claim": { scenario: "paused-worker", caughtBy: ["one execution per epoch"] },
  outbox: { scenario: "crash-before-publish", caughtBy: ["no job is lost"] },
  "dispatch-message-id": { scenario: "crash-after-publish", caughtBy: ["one dispatch per epoch"] },
  "nak-on-stop": { scenario: "stop-under-load", caughtBy: ["no job is lost"] },
  "leader-lease": { scenario: "late-workers", caughtBy: ["one leader at a time"] },
  replayer: { scenario: "late-workers", caughtBy: ["no job is lost"] },
  "idempotency-reservation": { scenario: "idempotent-resend", caughtBy: ["one job per key"] },
  "run-version": { scenario: "woken-engine", caughtBy: ["lock is exclusive", "every run ends"] },
  "run-lock": { scenario: "slow-engine", caughtBy: ["lock is exclusive"] },
  "deterministic-child-ids": { scenario: "engine-crash-after-delivery", caughtBy: ["steps run once, in order"] },
  "step-outbox": { scenario: "engine-crash-before-delivery", caughtBy: ["every run ends"] },
};
