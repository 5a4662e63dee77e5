import type { CapacityRecord, ConfigurationResult, Spread, WindowFigures } from "../../capacity/mod.ts";

const wait = { messages: 1_000, meanMs: 12.3, p50Ms: 0.2, p99Ms: 140 };

const window: WindowFigures = {
  utilisation: 0.8,
  offeredPerSecond: 160,
  deliveredPerSecond: 158,
  messages: 1_000,
  refused: 0,
  serviceMs: 101,
  serviceCv2: 0.98,
  wait,
  hottestWait: wait,
  shards: [],
  worstShardFollows: 1,
  worstShardWaitMs: 200,
  cpuCores: 0.04,
  cpuMsPerMessage: 0.2,
  little: { gauge: 2, byWaits: 1.9 },
  generator: { p50Ms: 0.6, p99Ms: 1.2, healthy: true },
};

function measured(median: number, min = median, max = median): Spread {
  return { median, min, max, n: 3 };
}

/** A bus named like an attack, with one figure of each kind. */
const result: ConfigurationResult = {
  configuration: {
    name: "</script><b>hot|bus",
    shards: 2,
    workersPerShard: 4,
    queueSize: 100,
    service: { meanMs: 100, spread: "exponential", work: "wait" },
    topics: { count: 10, zipf: 1 },
    arrivals: { process: "bursts", of: 4 },
    payloadBytes: 1_024,
  },
  shares: [0.7, 0.3],
  serviceMs: 101,
  serviceCv2: 0.98,
  modelNote: "Bursts are bursts.",
  rows: [
    {
      figure: "pods, 1 away",
      unit: "count",
      formula: { predicted: 5, errorPercent: -28.6, word: "optimistic", withinSpread: false },
      model: { predicted: 7, errorPercent: 0, word: "holds", withinSpread: true },
      measured: measured(7, 6, 7),
    },
    {
      figure: "throughput, this traffic",
      unit: "per second",
      formula: { predicted: 80, errorPercent: 40, word: "optimistic", withinSpread: false },
      model: { predicted: 57, errorPercent: -12, word: "pessimistic", withinSpread: true },
      measured: measured(57.1, 55, 58.2),
    },
    {
      figure: "mean wait at 1.13",
      unit: "ms",
      formula: undefined,
      model: undefined,
      modelInWords: "unstable: 1.13 of what it can serve; the queue grows by 5.2 msg/s",
      measured: measured(900, 850, 1_200),
    },
    {
      figure: "memory of a queued message",
      unit: "bytes",
      formula: { predicted: 1_024, errorPercent: -32, word: "optimistic", withinSpread: false },
      model: undefined,
      measured: measured(1_500),
    },
  ],
  windows: [window, { ...window, offeredPerSecond: 100, deliveredPerSecond: 100 }],
  saturated: [{ ...window, offeredPerSecond: 260 }],
  sweep: [],
  knee: { at: 160, below: 100, above: 180, because: "a shard's p99 wait is 400 ms, above 250 ms" },
  modelCurve: [
    { offeredPerSecond: 10, p50WaitMs: 0, p99WaitMs: 5 },
    { offeredPerSecond: 170, p50WaitMs: 40, p99WaitMs: 600 },
  ],
  ledger: { offered: 3_000, accepted: 3_000, refused: 0, delivered: 3_000, missing: 0 },
  excluded: ["repeat 1 of 3 at 0.5 (the generator was 90 ms late at its p99)"],
};

/** A finished run of two buses; the second one carried nothing. */
export const sampleRecord: CapacityRecord = {
  format: 1,
  seatrial: "0.1.0",
  plan: {
    title: "Two buses & <more>",
    ask: { peakPerSecond: 1_000, p99WaitMs: 250, away: 1, safetyMargin: 1.5 },
    measure: { utilisations: [0.8], repeats: 3, warmUpMs: 500, lastingMs: 2_000, holdsWithinPercent: 10, seed: "7" },
    sweep: { utilisations: [0.5, 1], lastingMs: 2_000 },
    configurations: [result.configuration],
  },
  startedAtUnixMs: Date.UTC(2026, 10, 22),
  lastedMs: 60_000,
  status: "inconclusive",
  complaints: ["hot: the generator fell behind in 1 of 3 windows."],
  answer: {
    sentence: "1,000 msg/s at a p99 wait of at most 250 ms needs 7 pods; the seed's formula says 5: optimistic.",
    configuration: "hot",
    formulaPods: 5,
    modelPods: 7,
    measuredPods: 7,
  },
  machine: {
    cpu: "A CPU",
    cores: 2,
    memoryMb: 4_096,
    kernel: "Linux 6",
    node: "v24.21.0",
    loadBefore: 0.5,
    loadAfter: 1.5,
  },
  configurations: [
    result,
    {
      ...result,
      configuration: { ...result.configuration, name: "empty" },
      rows: [],
      windows: [],
      saturated: [],
      knee: { at: undefined, below: undefined, above: 10, because: "a shard's p99 wait is 900 ms, above 250 ms" },
      excluded: [],
    },
  ],
  reproduce: "seatrial capacity plans/two.yaml",
};
