import type { Verdict, VerdictStatus } from "./verdict.ts";
import type { ServersKind, WorldKind } from "./world.ts";

/** What `run.json` holds: everything about a run that is not an event. */
export interface RunRecord {
  readonly format: 1;
  readonly seatrial: string;
  readonly scenario: string;
  /** One sentence: what the scenario tries. */
  readonly title: string;
  readonly world: WorldKind;
  /** What its Redis and NATS were. @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly seed: string;
  /** Who sent the load. @defaultValue "open" */
  readonly engine?: string;
  /** Environment variables of the plane that differ from the defaults. */
  readonly tuning: Readonly<Record<string, string>>;
  /** Safeguards that were left out. */
  readonly without: readonly string[];
  readonly cluster: Readonly<Record<string, number>>;
  /** Wall clock at run time 0. */
  readonly startedAtUnixMs: number;
  readonly lastedMs: number;
  /** `failed`: a check failed; `inconclusive`: something was not examined, or the generator was not healthy. */
  readonly status: "passed" | "failed" | "inconclusive" | "interrupted";
  /** For a simulated run: two with the same hash did the same, to the last event. */
  readonly traceHash?: string;
  readonly verdicts: readonly Verdict[];
  readonly generator: GeneratorHealth;
  /** The command that does this run again. */
  readonly reproduce: string;
  readonly machine: {
    readonly cores: number;
    readonly memoryMb: number;
    readonly node: string;
    readonly redis: string;
    readonly nats: string;
  };
}

/** Whether the load generator kept its own schedule: a verdict over a sick generator is worth nothing. */
export interface GeneratorHealth {
  readonly healthy: boolean;
  /** Why not, in a sentence. */
  readonly because?: string;
  readonly operations: number;
  /** Operations that were due and never sent. */
  readonly dropped: number;
  /** Operations that were sent more than 250 ms after they were due. */
  readonly late: number;
  /** From due to sent. */
  readonly sendLagP50Ms: number;
  readonly sendLagP99Ms: number;
  readonly eventLoopDelayP99Ms: number;
}

/** Status of a run from its verdicts and its generator. */
export function runStatus(worst: VerdictStatus, generatorHealthy: boolean): RunRecord["status"] {
  if (worst === "fail") return "failed";
  return worst === "unknown" || !generatorHealthy ? "inconclusive" : "passed";
}
