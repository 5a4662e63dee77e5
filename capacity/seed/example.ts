/** The figures of the seed's worked examples, and of the manifests that come with them. */
export const example = {
  shards: 8,
  workersPerShard: 4,
  meanServiceMs: 100,
  queueSize: 10_000,
  peakPerSecond: 1_000,
  safetyMargin: 1.5,
  coresPerWorker: 0.05,
  overheadCores: 0.5,
  messageBytes: 1_000,
  workerBytes: 500e6,
  overheadBytes: 500e6,
} as const;

/** What a pod of the seed's production manifests may use, and when its autoscaler acts. */
export const manifest = {
  cpuRequestCores: 0.5,
  cpuLimitCores: 2,
  cpuTarget: 0.7,
  memoryRequestBytes: 1024 ** 3,
  memoryTarget: 0.8,
  podsLeast: 3,
  podsMost: 10,
  /** The autoscaler leaves things alone within this distance of its target. */
  tolerance: 0.1,
  /** A shard's queue refuses from here on. */
  pauseAt: 0.8,
} as const;
