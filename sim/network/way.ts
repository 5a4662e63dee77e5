import type { Random } from "../../core/mod.ts";
import { drawLatency, drawRetransmissions, type LinkModel } from "./model.ts";

/** A delay that is in force. */
export interface Delay {
  readonly ms: number;
  readonly jitterMs: number;
}

/** One direction of a link: what it is like, and what is wrong with it at this moment. */
export class Way {
  readonly model: LinkModel;
  readonly random: Random;
  /** What is in force, each with an identity of its own, so that each heal takes away its own. */
  readonly delays = new Set<Delay>();
  readonly throttles = new Set<{ readonly bytesPerSecond: number }>();
  readonly losses = new Set<{ readonly share: number }>();
  /** How many disturbances swallow what is sent, for good. */
  holes = 0;
  /** How many lose every packet: TCP sends again what it still has when they are healed. */
  partitions = 0;

  constructor(model: LinkModel, random: Random) {
    this.model = model;
    this.random = random;
  }

  /** How long a message takes from here, but for its size and for losses. */
  latencyMs(): number {
    let ms = drawLatency(this.model.latency, this.random);
    for (const { ms: delayMs, jitterMs } of this.delays) {
      ms += Math.max(0, delayMs + (this.random.next() * 2 - 1) * jitterMs);
    }
    return ms;
  }

  /** How much later a message of a connection comes because it has to be sent again. */
  retransmissionsMs(): number {
    const loss = this.loss();
    return loss > 0 ? drawRetransmissions(loss, this.model.retransmitMs, this.random) : 0;
  }

  /** Share of messages that are lost. */
  loss(): number {
    let arriving = 1 - this.model.loss;
    for (const { share } of this.losses) arriving *= 1 - share;
    return 1 - arriving;
  }

  /** How long so many bytes take to pass. */
  transmissionMs(bytes: number): number {
    let slowest = Infinity;
    for (const { bytesPerSecond } of this.throttles) slowest = Math.min(slowest, bytesPerSecond);
    return slowest === Infinity ? 0 : (bytes / slowest) * 1_000;
  }
}
