import type { Link, Random } from "../../core/mod.ts";

/** How long messages take one way, in milliseconds: at least, on average, and at most. */
export interface LatencyModel {
  readonly minMs: number;
  /** What comes on top of the minimum is exponentially distributed, with a mean that gives this one. */
  readonly meanMs: number;
  readonly maxMs: number;
}

/** What one link is like while nothing disturbs it. */
export interface LinkModel {
  /** One way, for each message on its own. */
  readonly latency: LatencyModel;
  /** Share of messages that are lost. On a connection they come again after {@link retransmitMs}. */
  readonly loss: number;
  /** Doubled with each loss of the same message. */
  readonly retransmitMs: number;
  /** Share of datagrams that arrive twice. */
  readonly duplication: number;
}

/** What a network is like. Plain data. */
export interface NetworkModel extends LinkModel {
  /** Links that are not like the others. */
  readonly links?: readonly (Link & Partial<LinkModel>)[];
  /** More messages on their way in one direction of a connection end the run. @defaultValue 100,000 */
  readonly inFlightMax?: number;
  /** More connections of one host end the run. @defaultValue 10,000 */
  readonly connectionsMax?: number;
}

/** One message is not lost more often than this. */
const lossesMax = 10;
/** TCP_RTO_MAX of Linux: a retransmission waits no longer. */
const retransmitMaxMs = 120_000;

/** What a model says of one link. */
export function linkModelOf(model: NetworkModel, { from, to }: Link): LinkModel {
  const own = model.links?.find((link) => link.from === from && link.to === to);
  return { ...model, ...own };
}

/** How long one message takes. */
export function drawLatency({ minMs, meanMs, maxMs }: LatencyModel, random: Random): number {
  return Math.min(maxMs, minMs + random.exponential(Math.max(0, meanMs - minMs)));
}

/** How much later a message comes because it was lost, as often as chance has it. */
export function drawRetransmissions(loss: number, retransmitMs: number, random: Random): number {
  let lateMs = 0;
  for (let losses = 0; losses < lossesMax && random.next() < loss; losses++) {
    lateMs += Math.min(retransmitMaxMs, retransmitMs * 2 ** losses);
  }
  return lateMs;
}

/** When something that was first sent then, and never arrived, is first sent again after a moment. */
export function retransmittedAfter(moment: number, sentAtMs: number, retransmitMs: number): number {
  let at = sentAtMs;
  let waitMs = Math.max(1, retransmitMs);
  while (at <= moment) {
    at += waitMs;
    waitMs = Math.min(retransmitMaxMs, waitMs * 2);
  }
  return at;
}
