/** A mechanism of the plane that can be left out by name, to prove that some check needs it. */
export interface Safeguard {
  /** What it does. */
  readonly does: string;
  /** What the plane does when it is left out. */
  readonly leftOut: string;
  /** The guarantees (docs/GUARANTEES.md) that rest on it. */
  readonly guarantees: readonly string[];
}

/** Every safeguard. `plane.ts` is the one place that acts on these names. */
export const safeguards = {
  "shared-limiter": {
    does: "Requests are counted in Redis, over all gateways.",
    leftOut: "Each gateway counts for itself.",
    guarantees: ["G4"],
  },
  "job-lock": {
    does: "A job is worked on under its lock.",
    leftOut: "Whoever wants the lock gets it.",
    guarantees: ["G2"],
  },
  "lock-token": {
    does: "A lock is released only by its holder's token.",
    leftOut: "A release deletes the key, whoever holds it.",
    guarantees: ["G2"],
  },
  "lock-renewal": {
    does: "A held lock is renewed at a third of its TTL.",
    leftOut: "A lock runs out after its TTL.",
    guarantees: ["G2"],
  },
  "fencing-epoch": {
    does: "A claim is granted for its own epoch alone, and each attempt shows its epoch to the sink.",
    leftOut: "A claim is granted whatever its epoch, and every attempt shows the sink the same one.",
    guarantees: ["G2"],
  },
  "worker-claim": {
    does: "A worker claims an attempt before it starts.",
    leftOut: "A worker starts whatever is delivered.",
    guarantees: ["G2"],
  },
  outbox: {
    does: "What must follow a state change is stored with it.",
    leftOut: "A state change is stored, and then published, with nothing to remember it by.",
    guarantees: ["G1"],
  },
  "dispatch-message-id": {
    does: "A dispatch carries a message id with its epoch.",
    leftOut: "A dispatch that is sent twice is stored twice.",
    guarantees: ["G2"],
  },
  "nak-on-stop": {
    does: "A stopping replica hands back what it has not started.",
    leftOut: "A stopping replica acknowledges it, as the seed's scheduler does.",
    guarantees: ["G8"],
  },
  "leader-lease": {
    does: "Reconciler, replayer and snapshot writer act under a lease.",
    leftOut: "Every replica leads.",
    guarantees: ["G3"],
  },
  replayer: { does: "A job that found no worker is taken up again.", leftOut: "It is not.", guarantees: ["G1"] },
  "idempotency-reservation": {
    does: "The first request with a key reserves the job id, in one step.",
    leftOut: "The key is looked up, and written after the job.",
    guarantees: ["G9"],
  },
  "run-version": {
    does: "A change of a run is written only on the version and the epoch that it was decided on.",
    leftOut: "It is written whatever happened since: the last writer wins.",
    guarantees: ["G6"],
  },
  "run-lock": {
    does: "A run is worked on under its lock.",
    leftOut: "Whoever wants the lock gets it.",
    guarantees: ["G6"],
  },
  "deterministic-child-ids": {
    does: "A step's job has an id that follows from run, step, child and attempt, so that it is made once.",
    leftOut: "The job gets a new id each time that it is asked for.",
    guarantees: ["G6"],
  },
  "step-outbox": {
    does: "What must follow a change of a run is stored with it.",
    leftOut: "A change is stored, and then acted on, with nothing to remember it by.",
    guarantees: ["G6"],
  },
} as const satisfies Record<string, Safeguard>;

/** The name of a safeguard. */
export type SafeguardName = keyof typeof safeguards;
