import { messageOf, type Counterexample, type History, type Measurement, type Verdict } from "../core/mod.ts";

/** An invariant: a pure function of the history. */
export interface Check {
  /** A sentence: `no job is lost`. */
  readonly title: string;
  judge(history: History): Verdict;
}

/** Why a subject could not be examined. The verdict is then `unknown`, unless another subject contradicts. */
export interface Unexamined {
  readonly unexamined: string;
}

/** What a judge found out about one subject; nothing when it agrees with the invariant. */
export type Finding = Counterexample | Unexamined | undefined;

/** How a check speaks of what it saw. */
export interface Wording<Subject> {
  /** What the subjects are: `jobs`. */
  readonly subjects: string;
  /** Why there may be none: `no job was acknowledged`. */
  readonly none: string;
  /** What was seen when all agree: `each took effect once`. */
  readonly seen: string | ((subjects: readonly Subject[], history: History) => string);
  /** Numbers for reports and gates. */
  readonly measure?: (subjects: readonly Subject[], history: History) => Measurement[];
}

/** At most this many counterexamples are kept in a verdict. */
export const counterexamplesMax = 10;

/**
 * Makes a check of the subjects that a history holds and a judge of one subject.
 *
 * A check can never pass on nothing: without subjects, with subjects that could not be examined, or when the judge
 * throws, its verdict is `unknown`.
 */
export function check<Subject>(
  title: string,
  subjects: (history: History) => Iterable<Subject>,
  judge: (subject: Subject, history: History) => Finding,
  wording: Wording<Subject>,
): Check {
  return {
    title,
    judge(history) {
      try {
        const examined = [...subjects(history)];
        const findings = examined.map((subject) => judge(subject, history)).filter((found) => found !== undefined);
        return verdictOf(title, history, examined, findings, wording);
      } catch (thrown) {
        return brokenVerdict(title, thrown);
      }
    },
  };
}

function verdictOf<Subject>(
  title: string,
  history: History,
  subjects: readonly Subject[],
  findings: readonly (Counterexample | Unexamined)[],
  wording: Wording<Subject>,
): Verdict {
  const contradictions = findings.filter(isCounterexample);
  const unexamined = findings.filter(isUnexamined);
  const facts = {
    check: title,
    examined: subjects.length - unexamined.length,
    violations: contradictions.length,
    counterexamples: contradictions.slice(0, counterexamplesMax),
    measurements: wording.measure?.(subjects, history) ?? [],
  };
  const [first] = contradictions;
  if (first) {
    const share = `${contradictions.length} of ${subjects.length} ${wording.subjects}`;
    return {
      ...facts,
      status: "fail",
      summary: `${share} contradict; the first is ${first.subject}: ${first.because}.`,
    };
  }
  const unknown = whyUnknown(subjects.length, unexamined, wording);
  if (unknown !== undefined) return { ...facts, status: "unknown", summary: unknown };
  const seen = typeof wording.seen === "string" ? wording.seen : wording.seen(subjects, history);
  return { ...facts, status: "pass", summary: `${subjects.length} ${wording.subjects}: ${seen}.` };
}

function whyUnknown(
  count: number,
  unexamined: readonly Unexamined[],
  { none, subjects }: { readonly none: string; readonly subjects: string },
): string | undefined {
  const [first] = unexamined;
  if (count === 0) return `Nothing was examined: ${none}.`;
  return first && `${unexamined.length} of ${count} ${subjects} could not be examined: ${first.unexamined}.`;
}

function isUnexamined(finding: Counterexample | Unexamined): finding is Unexamined {
  return "unexamined" in finding;
}

function isCounterexample(finding: Counterexample | Unexamined): finding is Counterexample {
  return !isUnexamined(finding);
}

function brokenVerdict(title: string, thrown: unknown): Verdict {
  const summary = `The check itself failed, so nothing is known: ${messageOf(thrown)}.`;
  return {
    check: title,
    status: "unknown",
    examined: 0,
    violations: 0,
    counterexamples: [],
    measurements: [],
    summary,
  };
}
