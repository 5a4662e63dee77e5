/** What `seatrial capacity` is asked: which buses to measure, how, and what they have to carry. */
export interface CapacityPlan {
  readonly title: string;
  readonly ask: Ask;
  readonly measure: MeasurePlan;
  readonly sweep: SweepPlan;
  /** The first one is the one that the verdict speaks of. */
  readonly configurations: readonly BusConfiguration[];
}

/** What all pods together have to carry. */
export interface Ask {
  readonly peakPerSecond: number;
  /** 99th percentile of the wait, promised on every shard. */
  readonly p99WaitMs: number;
  /** Pods that may be away at the peak. */
  readonly away: number;
  /** The factor that the seed's formula puts on top. */
  readonly safetyMargin: number;
}

/** How waits are measured. */
export interface MeasurePlan {
  /** Offered load as shares of what the hottest shard can serve. 1 and above is measured too: its queue grows. */
  readonly utilisations: readonly number[];
  readonly repeats: number;
  readonly warmUpMs: number;
  readonly lastingMs: number;
  /** A prediction holds within so many percent of the measurement. */
  readonly holdsWithinPercent: number;
  readonly seed: string;
}

/** How the knee is looked for. */
export interface SweepPlan {
  readonly utilisations: readonly number[];
  readonly lastingMs: number;
}

/** One bus and its traffic. */
export interface BusConfiguration {
  readonly name: string;
  readonly shards: number;
  readonly workersPerShard: number;
  /** Messages in each of a shard's two queues. */
  readonly queueSize: number;
  readonly service: ServicePlan;
  readonly topics: TopicPlan;
  readonly arrivals: ArrivalPlan;
  readonly payloadBytes: number;
}

/** What a handler does with a message. */
export interface ServicePlan {
  readonly meanMs: number;
  readonly spread: "exponential" | "fixed";
  /** `wait` sets a timer, as for a call to somebody else; `burn` keeps the CPU busy. */
  readonly work: "wait" | "burn";
}

/** Which topics there are, and how often each occurs: the k-th as often as 1 / k^zipf. 0 makes them all alike. */
export interface TopicPlan {
  readonly count: number;
  readonly zipf: number;
}

/** When messages come: at random, like a metronome, or several at a time at random moments. */
export type ArrivalPlan =
  | { readonly process: "poisson" }
  | { readonly process: "uniform" }
  | { readonly process: "bursts"; readonly of: number };
