import { cellText, type Cell } from "../cell.ts";
import { plain } from "../plain-text.ts";
import { statusAsVerdict, verdictSymbol } from "../status.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Paint } from "../terminal/paint.ts";
import { terminalTable } from "../terminal/table.ts";
import { verdictLines } from "../terminal/verdicts.ts";
import { wrap } from "../terminal/width.ts";
import { meetingColumns, meetingRows, situationColumns, situationRows } from "./blocks.ts";
import type { CampaignFailure, CampaignResult, ExaminedFailure } from "./campaign-result.ts";
import {
  campaignSentence,
  divergenceSentence,
  failureName,
  loadSentence,
  neverSentence,
  shrunkSentence,
  speedSentence,
  traceText,
} from "./words.ts";

/** Of a trace, a terminal shows the last few steps; the report has more. */
const stepsShown = 8;

/** The campaign for a terminal: what came out, each failure with what was found out, then what was met. */
export function renderCampaignTerminal(
  result: CampaignResult,
  { columns, colour, reportPath }: TerminalOptions,
): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const verdict = statusAsVerdict[result.status];
  const title = `${verdictSymbol[verdict]} ${result.status.toUpperCase()}`;
  const load = loadSentence(result);
  const lines = [
    `${marks.verdict[verdict](marks.bold(title))}  campaign ${plain(result.name)}`,
    ...below(campaignSentence(result), width),
    ...below(speedSentence(result), width).map(marks.dim),
    ...(load === undefined ? [] : below(load, width).map(marks.dim)),
    ...result.failures.flatMap((failure) => failureLines(failure, marks, width)),
    ...unclearLines(result, marks, width),
    ...coverageLines(result, marks, width),
    "",
    `  ${marks.dim("again")}   ${plain(result.reproduce, 4_000)}`,
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report")}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function failureLines(failure: CampaignFailure, marks: Paint, width: number): string[] {
  const { red, examined } = failure;
  const name = `  ${marks.verdict.fail(marks.bold(failureName(failure)))}`;
  if (!examined) return ["", `${name}: ${plain(red[0]?.check ?? "")}, as a seed before it`];
  return ["", name, ...verdictLines(red, width - 2, marks).map(indented), ...examinedLines(examined, marks, width)];
}

function examinedLines(examined: ExaminedFailure, marks: Paint, width: number): string[] {
  const { replay, deterministic, shrunk, divergence } = examined;
  const doubt = "The same seed ran differently when it was run again: nothing that follows is to be relied on.";
  return [
    ...(deterministic ? [] : below(doubt, width).map(marks.verdict.fail)),
    `    ${marks.dim("replay")}  ${plain(replay, 4_000)}`,
    "",
    ...deeper(shrunkSentence(shrunk), width),
    ...verdictLines([shrunk.red], width - 2, marks).map(indented),
    `    ${marks.dim("replay")}  ${plain(shrunk.replay, 4_000)}`,
    "",
    ...deeper(divergenceSentence(divergence), width),
    "",
    `    ${marks.dim("the steps that led up to it")}`,
    ...shrunk.lastEvents.slice(-stepsShown).map((step) => `    ${marks.dim(plain(traceText(step), width - 6))}`),
  ];
}

function unclearLines({ unclear }: CampaignResult, marks: Paint, width: number): string[] {
  if (unclear.length === 0) return [];
  const lines = unclear.slice(0, stepsShown).flatMap(({ scenario, seed, outcome, because }) => {
    return below(`${failureName({ scenario, seed })} is ${outcome}: ${because}`, width).map(marks.verdict.unknown);
  });
  return ["", ...lines];
}

function coverageLines({ coverage }: CampaignResult, marks: Paint, width: number): string[] {
  const never = neverSentence(coverage.situations);
  return [
    ...tableLines(meetingColumns, meetingRows(coverage), marks, width),
    ...tableLines(situationColumns, situationRows(coverage), marks, width),
    ...(never === undefined ? [] : ["", ...below(never, width).map(marks.verdict.unknown)]),
  ];
}

function tableLines(columns: readonly string[], rows: readonly Cell[][], marks: Paint, width: number): string[] {
  if (rows.length === 0) return [];
  const texts = rows.map((cells) => ({ cells: cells.map(cellText) }));
  return ["", ...terminalTable({ cells: columns, mark: marks.dim }, texts, width - 2).map(indented)];
}

function below(sentence: string, width: number): string[] {
  return wrap(plain(sentence, 4_000), width - 2).map(indented);
}

function deeper(sentence: string, width: number): string[] {
  return wrap(plain(sentence, 4_000), width - 4).map((line) => `    ${line}`);
}

function indented(line: string): string {
  return `  ${line}`;
}
