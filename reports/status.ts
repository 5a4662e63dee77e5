import type { RunRecord, Verdict, VerdictStatus } from "../core/mod.ts";
import { counted } from "./cell.ts";

/** One character for each verdict, told apart without colour. */
export const verdictSymbol: Readonly<Record<VerdictStatus, string>> = { pass: "✔", fail: "✘", unknown: "?" };

/** The verdict that a run's status amounts to: what was interrupted or inconclusive is unknown. */
export const statusAsVerdict: Readonly<Record<RunRecord["status"], VerdictStatus>> = {
  passed: "pass",
  failed: "fail",
  inconclusive: "unknown",
  interrupted: "unknown",
};

const order: Record<VerdictStatus, number> = { fail: 0, unknown: 1, pass: 2 };

/** Verdicts in the order in which they matter: failed, unknown, passed; otherwise as the scenario names them. */
export function worstFirst(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.toSorted((a, b) => order[a.status] - order[b.status]);
}

/** What came out, in a sentence: also when the verdicts alone would look better than the run was. */
export function statusSentence(record: RunRecord): string {
  return [verdictSentence(record.verdicts), ...interruption(record), ...sickness(record)].join(" ");
}

/** Why the generator's health spoils the verdicts, in a sentence; undefined when it does not. */
export function generatorComplaint({ generator }: RunRecord): string | undefined {
  if (generator.healthy) return undefined;
  const because = generator.because ?? "The load generator was not healthy";
  return because.endsWith(".") ? because : `${because}.`;
}

function verdictSentence(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return "Nothing was examined.";
  const of = (status: VerdictStatus): number => verdicts.filter((verdict) => verdict.status === status).length;
  const [failed, unknown] = [of("fail"), of("unknown")];
  const all = counted(verdicts.length, "check");
  if (failed === 0 && unknown === 0) return verdicts.length === 1 ? "The one check holds." : `All ${all} hold.`;
  const parts = [
    ...(failed === 0 ? [] : [`${failed} of ${all} ${failed === 1 ? "fails" : "fail"}`]),
    ...(unknown === 0 ? [] : [`${unknown}${failed === 0 ? ` of ${all}` : ""} could not be judged`]),
  ];
  return `${parts.join(", ")}.`;
}

function interruption(record: RunRecord): string[] {
  return record.status === "interrupted" ? ["The run was interrupted."] : [];
}

function sickness(record: RunRecord): string[] {
  const because = generatorComplaint(record);
  return because === undefined ? [] : [because];
}
