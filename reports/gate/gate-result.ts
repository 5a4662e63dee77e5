import type { ServersKind } from "../../core/mod.ts";
import type { ComparedRun, MeasureRow, Spread } from "../comparison/comparison.ts";

/** What a gate came to: what `gate.json` holds. */
export interface GateResult {
  readonly format: 1;
  readonly seatrial: string;
  readonly policy: string;
  readonly mode: "advisory" | "strict";
  readonly status: "passed" | "failed" | "inconclusive" | "interrupted";
  readonly items: readonly GateItem[];
  readonly scenarios: readonly GatedScenario[];
  readonly baseline: GateBaseline;
  /** What the servers of its runs were. @defaultValue "real" */
  readonly servers?: ServersKind;
  /** Settings in which the candidate differs from the baseline. */
  readonly differences: readonly { readonly setting: string; readonly baseline: string; readonly candidate: string }[];
  readonly startedAtUnixMs: number;
  readonly lastedMs: number;
  readonly reproduce: string;
}

/** One thing that the policy asks for. */
export interface GateItem {
  readonly kind: "invariant" | "budget" | "regression" | "environment";
  readonly scenario: string;
  /** A sentence that holds when it passed: `submit latency p99 is at most 250 ms`. */
  readonly name: string;
  readonly status: "passed" | "failed" | "inconclusive";
  /** Measured value, limit, interval. */
  readonly summary: string;
  /** Whether it decides the exit code. */
  readonly blocking: boolean;
  /** Of a regression rule that passed and could not have seen a change as large as it tolerates. */
  readonly blind?: Blindness;
}

/** What kept a rule from seeing more. */
export interface Blindness {
  /** The title of the rule's measure. */
  readonly measure: string;
  /** The log-ratio up to which a change is hidden in the noise. */
  readonly noise: number;
}

/** What was run for one scenario, and how candidate and baseline compare. */
export interface GatedScenario {
  readonly scenario: string;
  readonly runs: readonly ComparedRun[];
  readonly rows: readonly MeasureRow[];
  /** The baseline's figures of the time when it was recorded. */
  readonly recorded: Readonly<Record<string, Spread>>;
  /** Whether suspicions were looked at again with fresh runs. */
  readonly rerun: boolean;
}

/** Where the baseline comes from. */
export interface GateBaseline {
  readonly file: string;
  readonly seatrial: string;
  readonly recordedAtUnixMs: number;
  /** Only then is its noise floor used. */
  readonly sameMachine: boolean;
  /** The tree whose code ran as the baseline; missing when it was this one. */
  readonly tree?: string;
}

/** How noisy a machine is, as recording a baseline found out. */
export interface CalibratedScenario {
  readonly scenario: string;
  /** Pairs that the gate will run. */
  readonly pairs: number;
  readonly rows: readonly {
    readonly row: MeasureRow;
    /** The smallest true log-ratio that so many pairs find, 4 times of 5. */
    readonly detectable: number;
  }[];
}
