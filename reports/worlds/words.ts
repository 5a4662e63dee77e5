import { readableMs } from "../../core/mod.ts";
import { counted } from "../cell.ts";
import { percentText } from "../comparison/words.ts";
import { serversNote } from "../servers-note.ts";
import { gaps, type Gap } from "./figure.ts";
import type {
  ComparedScenario,
  WorldRow,
  WorldRunInShort,
  WorldsComparison,
  WorldVerdict,
} from "./worlds-comparison.ts";

/** What a reader must know before the figures: the servers, and that it was interrupted. */
export function worldsNotes({ servers, machine, interrupted }: WorldsComparison): string[] {
  const note = serversNote({ servers, machine });
  return [...(note === undefined ? [] : [note]), ...(interrupted ? ["Interrupted: these runs are all there is."] : [])];
}

/** The error of the simulated figure: `+4.2 %`; rounded, a hundredth of local would look like nothing at all. */
export function errorText({ error }: Pick<WorldRow, "error">): string {
  if (error === undefined) return "–";
  if (error < -0.99) return "below −99 %";
  return error === 0 ? "0 %" : `${error > 0 ? "+" : "−"}${percentText(Math.abs(error))}`;
}

const words: Readonly<Record<WorldVerdict, string>> = {
  agree: "agree",
  expected: "differ, expected",
  differ: "DIFFER",
  unclear: "unclear",
  "one world": "one world only",
  unknown: "unknown",
};

/** A verdict in a few words: how closely the worlds agree, that they do not, or how many runs would tell. */
export function worldVerdictText({
  verdict,
  because,
  needed,
}: Pick<WorldRow, "verdict" | "because" | "needed">): string {
  if (verdict === "agree") return `agree, ${because}`;
  return verdict === "unclear" && needed !== undefined ? `unclear: ${needed} runs would tell` : words[verdict];
}

/** Figures that both worlds could tell, or that at least one did; none when a world has no run that counts. */
export function toldRows({ rows, runs }: ComparedScenario): WorldRow[] {
  return silentWorld(runs) === undefined ? rows.filter(({ verdict }) => verdict !== "unknown") : [];
}

/** The world of which no run counts. */
function silentWorld(runs: readonly WorldRunInShort[]): WorldRunInShort["world"] | undefined {
  const heard = new Set(runs.filter(({ excluded }) => excluded === undefined).map(({ world }) => world));
  return (["sim", "local"] as const).find((world) => !heard.has(world));
}

/** What came out for one scenario, in sentences: its runs, the checks, then the figures by their verdicts. */
export function scenarioSentences(scenario: ComparedScenario): string[] {
  return [
    pacesSentence(scenario.runs),
    ...exclusions(scenario.runs),
    ...checkSentences(scenario.runs),
    ...figureSentences(scenario),
  ];
}

function figureSentences({ rows, runs }: ComparedScenario): string[] {
  const silent = silentWorld(runs);
  if (silent !== undefined) return [`Nothing can be compared: no run in ${silent} counts.`];
  return [tallySentence(rows), ...gapSentences(rows), ...unknownSentences(rows)];
}

function pacesSentence(runs: readonly WorldRunInShort[]): string {
  const of = (world: WorldRunInShort["world"]): string => {
    const took = runs.filter((run) => run.world === world).map(({ tookMs }) => tookMs);
    return took.length === 0
      ? "never ran"
      : `took ${readableMs(took.reduce((sum, each) => sum + each, 0) / took.length)}`;
  };
  return `A simulated run ${of("sim")}, a local one ${of("local")}, on average.`;
}

function exclusions(runs: readonly WorldRunInShort[]): string[] {
  return runs.flatMap(({ world, number, excluded }) =>
    excluded === undefined ? [] : [`Run ${number} in ${world} is not used: ${excluded.replace(/\.$/, "")}.`],
  );
}

function checkSentences(runs: readonly WorldRunInShort[]): string[] {
  const judged = runs.filter(({ excluded, status }) => excluded === undefined || status === "failed");
  if (judged.length === 0) return [];
  const bad = judged.filter(({ failed }) => failed.length > 0);
  if (bad.length === 0) return ["Every check holds in every run that counts."];
  return bad.map(({ world, number, failed }) => `Run ${number} in ${world}: ${failed.join(", ")}.`);
}

const tallies: readonly [WorldVerdict, string][] = [
  ["agree", "agree"],
  ["expected", "differ as expected"],
  ["differ", "differ otherwise"],
  ["unclear", "are lost in the spread over the runs"],
  ["one world", "exist in one world only"],
  ["unknown", "are unknown in both"],
];

function tallySentence(rows: readonly WorldRow[]): string {
  const parts = tallies.flatMap(([verdict, text]) => {
    const found = rows.filter((row) => row.verdict === verdict).length;
    return found === 0 ? [] : [`${found} ${text}`];
  });
  return parts.length === 0 ? "Nothing was measured." : `Of ${counted(rows.length, "figure")}, ${parts.join(", ")}.`;
}

function gapSentences(rows: readonly WorldRow[]): string[] {
  const expected = rows.filter(({ verdict }) => verdict === "expected");
  return [...Map.groupBy(expected, ({ gap }) => gap)].flatMap(([gap, group]) =>
    gap === undefined ? [] : [gapSentence(gap, group.length)],
  );
}

function gapSentence(gap: Gap, figures: number): string {
  const [differ, are] = figures === 1 ? ["differs", "is"] : ["differ", "are"];
  return `${counted(figures, "figure")} ${differ} as expected, and ${are} ${gaps[gap].makesSim} in sim: ${gaps[gap].why}.`;
}

/** What neither world could tell, by the reason. */
function unknownSentences(rows: readonly WorldRow[]): string[] {
  const unknown = rows.filter(({ verdict }) => verdict === "unknown");
  return [...Map.groupBy(unknown, ({ because }) => because)].map(
    ([because, group]) => `Unknown: ${group.map(({ title }) => title).join("; ")} (${because}).`,
  );
}
