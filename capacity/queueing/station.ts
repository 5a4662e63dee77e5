import { requireInnerShare, requireNotNegative, requirePositive, requireWhole } from "../figures.ts";
import { erlangC } from "./erlang.ts";

/** One queue and the servers that empty it, first come first served. */
export interface Station {
  readonly servers: number;
  readonly arrivalsPerSecond: number;
  readonly meanServiceMs: number;
  /** Squared coefficient of variation of the gaps between arrivals. 1 is Poisson, 0 a metronome. */
  readonly arrivalCv2?: number;
  /** The same of the service time. 1 is exponential, 0 fixed. */
  readonly serviceCv2?: number;
}

/** What becomes of the queue in the long run. */
export type Queue = StableQueue | UnstableQueue;

/** The servers keep up. */
export interface StableQueue {
  readonly stable: true;
  /** Share of the time that a server is busy: below 1. */
  readonly utilisation: number;
  /** Share of arrivals that have to wait. */
  readonly waitProbability: number;
  readonly meanWaitMs: number;
  /** Mean number of those that wait, by Little's law. */
  readonly meanLength: number;
  /** Mean wait of those that do wait; the tail falls by a factor of e in this time. */
  readonly tailMs: number;
}

/** They do not: the queue has no mean, and its length no bound. */
export interface UnstableQueue {
  readonly stable: false;
  /** Work that comes in, as a share of what can be done: 1 or above. */
  readonly utilisation: number;
  readonly growthPerSecond: number;
}

/**
 * The queue of a station in the long run: exact for M/M/c; otherwise Allen and Cunneen's approximation, which scales
 * the wait of M/M/c by (Ca² + Cs²) / 2 (A. O. Allen, "Probability, Statistics, and Queueing Theory", 2nd ed., 5.3.3).
 *
 * @throws UsageError
 */
export function queueOf(station: Station): Queue {
  const { servers, arrivalsPerSecond, meanServiceMs, arrivalCv2 = 1, serviceCv2 = 1 } = station;
  requireWhole({ servers });
  requirePositive({ meanServiceMs });
  requireNotNegative({ arrivalsPerSecond, arrivalCv2, serviceCv2 });
  const servedPerSecond = (servers * 1_000) / meanServiceMs;
  const utilisation = arrivalsPerSecond / servedPerSecond;
  if (utilisation >= 1) return { stable: false, utilisation, growthPerSecond: arrivalsPerSecond - servedPerSecond };
  const waitProbability = erlangC(servers, utilisation * servers);
  const tailMs = (((arrivalCv2 + serviceCv2) / 2) * 1_000) / (servedPerSecond - arrivalsPerSecond);
  const meanWaitMs = waitProbability * tailMs;
  return {
    stable: true,
    utilisation,
    waitProbability,
    meanWaitMs,
    meanLength: queueLength(arrivalsPerSecond, meanWaitMs),
    tailMs,
  };
}

/**
 * Little's law, L = λW: how many wait on average, whatever the distributions.
 *
 * J. D. C. Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9(3), 1961.
 */
function queueLength(arrivalsPerSecond: number, meanWaitMs: number): number {
  return (arrivalsPerSecond * meanWaitMs) / 1_000;
}

/** Share of arrivals that wait longer than this: C·exp(−t/tail). */
export function shareWaitingBeyond({ waitProbability, tailMs }: StableQueue, waitMs: number): number {
  return tailMs === 0 ? 0 : waitProbability * Math.exp(-waitMs / tailMs);
}

/**
 * The wait that this share of arrivals does not exceed: 0.99 gives the 99th percentile. It is 0 where fewer than the
 * others have to wait at all.
 *
 * @throws UsageError
 */
export function waitPercentileMs({ waitProbability, tailMs }: StableQueue, share: number): number {
  requireInnerShare("share", share);
  return waitProbability <= 1 - share ? 0 : tailMs * Math.log(waitProbability / (1 - share));
}

/** `unstable: 1.13 of what it can serve; the queue grows by 42 msg/s` */
export function unstableInWords({ utilisation, growthPerSecond }: UnstableQueue): string {
  const load = `unstable: ${utilisation.toFixed(2)} of what it can serve`;
  const growth = Number(growthPerSecond.toPrecision(2));
  return growth > 0 ? `${load}; the queue grows by ${growth} msg/s` : `${load}; the queue never settles`;
}
