import { counted } from "../cell.ts";
import { percentText } from "../comparison/words.ts";
import type { VerdictStatus } from "../../core/mod.ts";
import { verdictSymbol } from "../status.ts";
import { serversNote } from "../servers-note.ts";
import type { GateItem, GateResult } from "./gate-result.ts";

/** The verdict that an item, or a gate, amounts to. */
export const gateVerdict: Readonly<Record<GateResult["status"], VerdictStatus>> = {
  passed: "pass",
  failed: "fail",
  inconclusive: "unknown",
  interrupted: "unknown",
};

/** `✘ failed` */
export function gateStatusText(status: GateResult["status"]): string {
  return `${verdictSymbol[gateVerdict[status]]} ${status}`;
}

const order: Readonly<Record<GateItem["status"], number>> = { failed: 0, inconclusive: 1, passed: 2 };

/** What went wrong first, and what decides before what only advises. */
export function worstItemsFirst(items: readonly GateItem[]): GateItem[] {
  return items.toSorted((a, b) => order[a.status] - order[b.status] || Number(b.blocking) - Number(a.blocking));
}

/** What came out and why, in a sentence or two. */
export function gateSentence({ items, status, mode, baseline, servers }: GateResult): string {
  const note = serversNote({ servers });
  if (status === "interrupted") return "The gate was interrupted: nothing is decided.";
  const parts = (["failed", "inconclusive", "passed"] as const)
    .map((each) => [each, items.filter((item) => item.status === each).length] as const)
    .filter(([, number]) => number > 0)
    .map(([each, number]) => `${number} ${each}`);
  const advice = items.some((item) => item.status !== "passed" && !item.blocking);
  return [
    ...(note === undefined ? [] : [note]),
    `Of ${counted(items.length, "requirement")}, ${parts.join(", ")}.`,
    ...blindSentence(items),
    ...(advice && mode === "advisory" ? ["Budgets and regressions only advise: --strict makes them decide."] : []),
    ...(baseline.sameMachine ? [] : ["The baseline was recorded on another machine: its noise floor is not used."]),
  ].join(" ");
}

/** The regression rules that passed and could not have failed, the noisiest first; nothing when there are none. */
export function blindSentence(items: readonly GateItem[]): string[] {
  const rules = items.filter(({ kind }) => kind === "regression");
  const blind = rules
    .flatMap(({ blind: found, scenario }) => (found === undefined ? [] : [{ ...found, scenario }]))
    .toSorted((a, b) => b.noise - a.noise);
  if (blind.length === 0) return [];
  const list = blind.map(({ measure, noise, scenario }) => `${noiseText(noise)} in ${measure} (${scenario})`);
  const whose = blind.length === 1 ? "its" : "their";
  return [
    `${blind.length} of ${counted(rules.length, "regression rule")} could not see a change of ${whose} tolerance here: ` +
      `noise ${list.join(", ")}.`,
  ];
}

function noiseText(logRatio: number): string {
  return `±${percentText(Math.expm1(logRatio))}`;
}

/** What the comparison with the baseline can and cannot show. */
export function pairedText({ baseline, differences }: GateResult): string {
  const when = new Date(baseline.recordedAtUnixMs).toISOString().slice(0, 16).replace("T", " ");
  const code = baseline.tree === undefined ? "with this tree's code" : `with the code in ${baseline.tree}`;
  const nothing =
    differences.length === 0 && baseline.tree === undefined
      ? " Candidate and baseline have the same settings and the same code, so a regression can only be noise."
      : "";
  return (
    `The baseline (${baseline.file}, recorded ${when} UTC) ran here and now, in turns with the candidate, ${code}. ` +
    `Its figures of then are for information only.${nothing}`
  );
}
