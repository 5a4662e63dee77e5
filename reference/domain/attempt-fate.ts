import type { KnownWorker } from "./worker-registry.ts";

/** What became of the worker that an attempt was given to. */
export type Fate = "alive" | "leaving" | "gone" | "unknown";

/** An attempt, and what is known of its worker. */
export interface AttemptSighting {
  /** The worker as the registry knows it. */
  readonly worker: KnownWorker | undefined;
  /** The life of the worker that the attempt belongs to. */
  readonly session: string | undefined;
  /** How long the job's record has stayed as it is. */
  readonly idleMs: number;
  /** Whether whoever asks has listened for long enough to call a silent worker dead. */
  readonly canJudge: boolean;
  readonly nowMs: number;
}

/**
 * Whether the worker of an attempt can still end it.
 *
 * A worker that was heard in another life than the attempt's has lost it, if that life began after the attempt:
 * otherwise it is the registry that is behind, since the record tells of a newer life than the heartbeats did.
 */
export function attemptFate({ worker, session, idleMs, canJudge, nowMs }: AttemptSighting): Fate {
  if (!worker) return canJudge ? "gone" : "unknown";
  if (session === undefined || worker.session === session) return worker.leaving ? "leaving" : "alive";
  return idleMs > nowMs - worker.sessionHeardAtMs ? "gone" : "unknown";
}
