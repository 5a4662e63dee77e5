/** Something scheduled; cancelling it twice is harmless. */
export interface Timer {
  cancel(): void;
}

/**
 * The only source of time. Roles, faults and load read no other clock, so that the simulator can own it.
 */
export interface Clock {
  /** Monotonic milliseconds. In the local world every process shares one origin: the start of the run. */
  now(): number;
  /** Wall-clock milliseconds since the Unix epoch; may jump. */
  unixMs(): number;
  /** Runs once, after at least this long. */
  after(delayMs: number, run: () => void): Timer;
  /** Runs again and again, at least this long apart. */
  every(periodMs: number, run: () => void): Timer;
  /** Resolves after at least this long, or at once (without throwing) when the signal aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}
