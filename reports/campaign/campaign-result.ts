import type { Verdict } from "../../core/mod.ts";

/** What a campaign came to: what `campaign.json` holds. */
export interface CampaignResult {
  readonly format: 1;
  readonly seatrial: string;
  /** A scenario or a suite. */
  readonly name: string;
  readonly status: "passed" | "failed" | "inconclusive" | "interrupted";
  readonly counts: SeedCounts;
  /** The first seed; the others count up from it. */
  readonly firstSeed: number;
  /** By what factor each scenario's loads were scaled down. */
  readonly loadFactors: Readonly<Record<string, number>>;
  /** Cluster, network, faults and load were drawn from the seed. */
  readonly swarm: boolean;
  readonly tuning: string;
  readonly without: readonly string[];
  readonly speed: CampaignSpeed;
  readonly coverage: CampaignCoverage;
  readonly failures: readonly CampaignFailure[];
  /** Seeds that say nothing about the plane, and why; the first few. */
  readonly unclear: readonly UnclearSeed[];
  readonly startedAtUnixMs: number;
  readonly reproduce: string;
}

/** How many seeds ended how. With a suite, each of its scenarios counts. */
export interface SeedCounts {
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly broken: number;
}

/** What a campaign cost. */
export interface CampaignSpeed {
  readonly jobs: number;
  readonly wallMs: number;
  /** Processor time of all workers. */
  readonly cpuMs: number;
  readonly virtualMs: number;
  readonly kernelEvents: number;
}

/** What really occurred, over all seeds. */
export interface CampaignCoverage {
  readonly situations: readonly SituationRow[];
  readonly meetings: readonly MeetingRow[];
}

/** Something that tries a guarantee, and how often it occurred. */
export interface SituationRow {
  readonly situation: string;
  /** `G1` */
  readonly tries: readonly string[];
  readonly seeds: number;
  readonly occurrences: number;
}

/** A kind of fault, and what its target was doing when it struck. */
export interface MeetingRow {
  readonly action: string;
  readonly role: string;
  readonly doing: string;
  readonly seeds: number;
  readonly occurrences: number;
}

/** A seed that failed, and what was found out about it. */
export interface CampaignFailure {
  readonly scenario: string;
  readonly seed: string;
  /** The checks that failed. */
  readonly red: readonly Verdict[];
  readonly traceHash: string;
  /** The run's folder, and what was found out; missing when the seed was only counted. */
  readonly examined?: ExaminedFailure;
}

/** What was found out about a failing seed. */
export interface ExaminedFailure {
  readonly folder: string;
  /** The command that does the run again, to the last event. */
  readonly replay: string;
  /** Whether the seed, and the shrunk run, were the same when run again. If not, rely on nothing else here. */
  readonly deterministic: boolean;
  /** The steps that led up to the failure. */
  readonly lastEvents: readonly TraceLine[];
  readonly shrunk: ShrunkRun;
  /** Missing when no run that passes was found on the way to the shrunk one, or none was compared. */
  readonly divergence?: TraceDivergence;
}

/** The smallest run that was found in which the same check fails. */
export interface ShrunkRun {
  readonly folder: string;
  readonly replay: string;
  /** The check that still fails, and its first counterexample. */
  readonly red: Verdict;
  /** Cluster, load, faults and conditions, a line each. */
  readonly recipe: readonly string[];
  readonly changes: readonly string[];
  readonly runs: number;
  readonly minimal: boolean;
  /** The steps that led up to the failure. */
  readonly lastEvents: readonly TraceLine[];
}

/** One step of a simulated run. */
export interface TraceLine {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly detail: string;
}

/** Where the shrunk run and the nearest that was found to pass went different ways. */
export interface TraceDivergence {
  /** In what the one that passes differs. */
  readonly change: string;
  /** How many runs that pass were compared. */
  readonly lookedAt: number;
  /** It differs so from what was left so many steps before the shrunk run; 0: from the shrunk run. */
  readonly stepsBack: number;
  readonly sharedSteps: number;
  readonly failing: TraceLine | undefined;
  readonly passing: TraceLine | undefined;
}

/** A seed without a verdict. */
export interface UnclearSeed {
  readonly scenario: string;
  readonly seed: string;
  readonly outcome: "inconclusive" | "broken";
  readonly because: string;
}
