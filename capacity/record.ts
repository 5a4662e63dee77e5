import type { Comparison, Spread } from "./comparison.ts";
import type { Knee } from "./knee.ts";
import type { BusConfiguration, CapacityPlan } from "./plan.ts";

/** What `capacity.json` holds. */
export interface CapacityRecord {
  readonly format: 1;
  readonly seatrial: string;
  readonly plan: CapacityPlan;
  readonly startedAtUnixMs: number;
  readonly lastedMs: number;
  /** `failed`: a message was lost; `inconclusive`: the generator fell behind, or the question has no answer. */
  readonly status: "passed" | "failed" | "inconclusive";
  /** Why not `passed`, in sentences. */
  readonly complaints: readonly string[];
  readonly answer: Answer;
  readonly machine: MachineFingerprint;
  readonly configurations: readonly ConfigurationResult[];
  /** The command that does this again. */
  readonly reproduce: string;
}

/** Pods for what the plan asks: as the formula, the model and the measurement have it. */
export interface Answer {
  /** The whole of it in a sentence. */
  readonly sentence: string;
  readonly configuration: string;
  /** These are undefined where no load was carried at all. */
  readonly formulaPods: number | undefined;
  readonly modelPods: number | undefined;
  readonly measuredPods: number | undefined;
}

/** Whatever the figures depend on besides the plan. */
export interface MachineFingerprint {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  readonly kernel: string;
  readonly node: string;
  /** One-minute load average, before and after. Above the cores, others were at work too. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** Everything that was found out about one bus. */
export interface ConfigurationResult {
  readonly configuration: BusConfiguration;
  /** Part of the messages that each shard gets, by the ring and the topics' popularity. */
  readonly shares: readonly number[];
  /** Mean service time measured inside the bus, which formula and model are fed with. */
  readonly serviceMs: number;
  readonly serviceCv2: number;
  /** What the model leaves out or puts differently. */
  readonly modelNote: string | undefined;
  readonly rows: readonly ComparisonRow[];
  readonly windows: readonly WindowFigures[];
  /** Offered more than the hottest shard can serve. */
  readonly saturated: readonly WindowFigures[];
  readonly sweep: readonly WindowFigures[];
  readonly knee: Knee;
  /** What the model has for loads up to the limit, for the pictures. */
  readonly modelCurve: readonly ModelPoint[];
  readonly ledger: LedgerFigures;
  /** Windows that were measured again, and why. */
  readonly excluded: readonly string[];
}

/** What a figure counts. */
export type FigureUnit = "per second" | "ms" | "count" | "bytes" | "cores";

/** One figure three times: by the seed's formula, by the queueing model, and measured. */
export interface ComparisonRow {
  readonly figure: string;
  readonly unit: FigureUnit;
  /** Undefined where the seed has no formula for it. */
  readonly formula: Comparison | undefined;
  readonly model: Comparison | undefined;
  /** In words, where the model has no number: an unstable queue. */
  readonly modelInWords?: string;
  readonly measured: Spread;
}

/** One load, measured for a while. */
export interface WindowFigures {
  readonly utilisation: number;
  /** What the generator really offered. */
  readonly offeredPerSecond: number;
  readonly deliveredPerSecond: number;
  readonly messages: number;
  readonly refused: number;
  readonly serviceMs: number;
  readonly serviceCv2: number;
  readonly wait: WaitFigures;
  /** On the shard with the largest share. */
  readonly hottestWait: WaitFigures;
  readonly shards: readonly ShardFigures[];
  readonly worstShardFollows: number;
  readonly worstShardWaitMs: number;
  readonly cpuCores: number;
  readonly cpuMsPerMessage: number;
  readonly little: LittleFigures;
  readonly generator: GeneratorLag;
}

/** How long messages waited: from when they were sent until a handler began. */
export interface WaitFigures {
  readonly messages: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One shard in a window. */
export interface ShardFigures {
  readonly offered: number;
  readonly deliveredPerSecond: number;
  /** Ended within the window, over offered in it: below 1 its queue grew. */
  readonly follows: number;
  readonly p99WaitMs: number;
}

/** Little's law: what the bus says of its queues, and what the waits say. */
export interface LittleFigures {
  /** Mean number of queued messages, from the bus's own gauge. */
  readonly gauge: number;
  /** λW, from the handlers' record. */
  readonly byWaits: number;
}

/** How late the generator was. */
export interface GeneratorLag {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly healthy: boolean;
}

/** The model at some load. */
export interface ModelPoint {
  readonly offeredPerSecond: number;
  readonly p50WaitMs: number;
  readonly p99WaitMs: number;
}

/** Where every message of a configuration went. */
export interface LedgerFigures {
  readonly offered: number;
  readonly accepted: number;
  readonly refused: number;
  /** Handlers saw them end. */
  readonly delivered: number;
  /** Accepted and never seen again: always 0, or the run has failed. */
  readonly missing: number;
}
