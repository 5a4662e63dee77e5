/** What a check found. `unknown` when nothing was examined: an empty run must never look green. */
export type VerdictStatus = "pass" | "fail" | "unknown";

/** One thing that contradicts the invariant. */
export interface Counterexample {
  /** The job, lock key, second, worker … that it is about. */
  subject: string;
  /** One sentence, with times and numbers. */
  because: string;
  /** Run time in ms, where the contradiction has a moment. */
  at?: number;
}

/** A number that the check measured on its way, for the report and for gates. */
export interface Measurement {
  /** Units last: `overlapMs`, `admittedPerSecondMax`. */
  name: string;
  value: number;
}

/** The answer of one check. */
export interface Verdict {
  /** A sentence: `no job is lost`. */
  check: string;
  status: VerdictStatus;
  /** How many subjects were examined. */
  examined: number;
  /** How many of them contradict; `counterexamples` holds the first few. */
  violations: number;
  counterexamples: Counterexample[];
  measurements: Measurement[];
  /** One sentence for people: what was seen. */
  summary: string;
}

/** The worst of several verdicts: `fail` before `unknown` before `pass`; nothing at all is `unknown`. */
export function worstStatus(verdicts: readonly Pick<Verdict, "status">[]): VerdictStatus {
  if (verdicts.length === 0) return "unknown";
  if (verdicts.some((verdict) => verdict.status === "fail")) return "fail";
  return verdicts.some((verdict) => verdict.status === "unknown") ? "unknown" : "pass";
}
