import type { History, Verdict } from "../core/mod.ts";

/** An invariant: a pure function of the history. */
export interface Check {
  /** A sentence: `no job is lost`. */
  readonly title: string;
  judge(history: History): Verdict;
}
