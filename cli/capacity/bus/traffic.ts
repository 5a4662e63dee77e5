import type { BusConfiguration } from "../../../capacity/mod.ts";
import type { Random } from "../../../core/mod.ts";
import { popularity } from "./topics.ts";

/** Which message is due when, and of which topic: decided before the first one is sent. */
export interface Traffic {
  /** In order, ms from the beginning. */
  readonly dueMs: Float64Array;
  /** By rank, one for each message. */
  readonly topics: Int32Array;
}

/** The traffic of a configuration at some rate: an open loop, in which the bus has no say. */
export function makeTraffic(
  { arrivals, topics }: BusConfiguration,
  perSecond: number,
  lastingMs: number,
  random: Random,
): Traffic {
  const together = arrivals.process === "bursts" ? arrivals.of : 1;
  const meanGapMs = (together * 1_000) / perSecond;
  const gaps = random.fork("gaps");
  const gap = arrivals.process === "uniform" ? () => meanGapMs : () => gaps.exponential(meanGapMs);
  const due: number[] = [];
  for (let at = gap(); at < lastingMs; at += gap()) for (let one = 0; one < together; one++) due.push(at);
  const pick = picker(popularity(topics), random.fork("topics"));
  return { dueMs: Float64Array.from(due), topics: Int32Array.from(due, pick) };
}

/** Squared coefficient of variation of the gaps that a queue feels in the long run: of bursts, their size. */
export function arrivalCv2({ arrivals }: BusConfiguration): number {
  return { poisson: 1, uniform: 0, bursts: arrivals.process === "bursts" ? arrivals.of : 1 }[arrivals.process];
}

/** Draws ranks as often as their shares say. */
function picker(shares: readonly number[], random: Random): () => number {
  let sum = 0;
  const upTo = shares.map((share) => (sum += share));
  return () => {
    const draw = random.next() * sum;
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((upTo[middle] ?? 0) > draw) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
