import { readableMs } from "../../core/mod.ts";
import type { Cell } from "../cell.ts";
import { statusText } from "../markdown.ts";
import { markdownBlock, markdownTable } from "../markdown/blocks.ts";
import { joinWithin } from "../markdown/document.ts";
import { codeFence, escapeMarkdown } from "../markdown/escape.ts";
import { verdictSymbol, worstFirst } from "../status.ts";
import { engineBlocks } from "./engines.ts";
import { suiteNote, suiteSentence, suiteStatus, worstCheck, type Suite, type SuiteRun } from "./suite.ts";

/** `summary.md` of a suite: a table of its runs, then what speaks against those that did not pass. */
export function renderSuiteMarkdown(suite: Suite): string {
  const { runs, broken = [] } = suite;
  const note = suiteNote(suite);
  const rows: Cell[][] = [
    ...runs.map(({ record }) => [
      record.scenario,
      statusText(record.status),
      readableMs(record.lastedMs),
      worstCheck(record),
    ]),
    ...broken.map(({ scenario, because }) => [scenario, `${verdictSymbol.unknown} not run`, "–", because]),
  ];
  return joinWithin([
    `# ${verdictSymbol[suiteStatus(suite)]} ${escapeMarkdown(suite.name)}`,
    escapeMarkdown(suiteSentence(suite)),
    ...(note === undefined ? [] : [`> ${escapeMarkdown(note, 1_000)}`]),
    ...(rows.length === 0 ? [] : [markdownTable({ columns: ["scenario", "status", "lasted", "worst check"], rows })]),
    ...engineBlocks(suite).flatMap(markdownBlock),
    ...runs.filter(({ record }) => record.status !== "passed").map(findings),
  ]);
}

function findings({ record }: SuiteRun): string {
  const wanting = worstFirst(record.verdicts).filter((verdict) => verdict.status !== "pass");
  return [
    `## ${escapeMarkdown(record.scenario)}`,
    ...(wanting.length === 0 ? [] : markdownBlock({ kind: "verdicts", verdicts: wanting })),
    codeFence(record.reproduce),
  ].join("\n\n");
}
