/** How long messages take on the simulated network, in milliseconds: at least, on average, and at most. */
export interface Latency {
  readonly minMs: number;
  /** What comes on top of the minimum is exponentially distributed, with a mean that gives this one. */
  readonly meanMs: number;
  readonly maxMs: number;
}

/** What a simulated world is like, apart from the plane and its faults. Plain data, so that a replay can keep it. */
export interface SimConditions {
  /** One way, for each message on its own. */
  readonly latency: Latency;
  /** Share of messages that are lost at first, and come again after {@link retransmitMs}, doubled with each loss. */
  readonly loss: number;
  readonly retransmitMs: number;
  /** Share of requests of clients that arrive twice, as when a proxy on the way tries again. */
  readonly duplication: number;
  /** Wall clocks of replicas are off by up to this much, either way. */
  readonly skewMaxMs: number;
  /** Clocks of replicas are fast or slow by up to this share: 0.001 is a tenth of a percent. */
  readonly driftMax: number;
  /**
   * Whether Redis has a replica that follows it over the network, so that it can be failed over to. It has one in any
   * case when a planned fault needs one. @defaultValue false
   */
  readonly redisReplica?: boolean;
}

/** Loopback on a quiet machine, and clocks that are right. */
export const quietConditions: SimConditions = {
  latency: { minMs: 0.05, meanMs: 0.15, maxMs: 5 },
  loss: 0,
  retransmitMs: 200,
  duplication: 0,
  skewMaxMs: 0,
  driftMax: 0,
};
