/** A lock that is held. */
export interface Lock {
  readonly key: string;
  /** Unique for this stay in the critical section. */
  readonly section: string;
  /** Aborts when the lock is lost, or can no longer be trusted to be held. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/** Locks with a TTL, a token and renewal at TTL/3. They save work; safety comes from the revision in each write. */
export interface Locks {
  /** The lock, or nothing when somebody else holds it. */
  acquire(key: string, ttlMs: number): Promise<Lock | undefined>;
}
