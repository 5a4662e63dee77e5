import { readableMs } from "../../core/mod.ts";
import { table, text, type Block } from "../block.ts";
import { cellText, count, counted, type Cell } from "../cell.ts";
import { renderBlock } from "../html/blocks.ts";
import { renderPage } from "../html/page.ts";
import { element } from "../markup.ts";
import { escapeMarkup, plain } from "../plain-text.ts";
import { statusAsVerdict, verdictSymbol } from "../status.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Paint } from "../terminal/paint.ts";
import { terminalTable } from "../terminal/table.ts";
import { verdictLines } from "../terminal/verdicts.ts";
import { wrap } from "../terminal/width.ts";
import type { SweepFailure, SweepResult } from "./sweep-result.ts";

/** Failing points that a terminal shows in full. */
const shownMax = 5;

/** A sweep for a terminal: what came out, how often each call was died at, and the points that failed. */
export function renderSweepTerminal(result: SweepResult, { columns, colour, reportPath }: TerminalOptions): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const verdict = statusAsVerdict[result.status];
  const title = marks.verdict[verdict](marks.bold(`${verdictSymbol[verdict]} ${result.status.toUpperCase()}`));
  const rows = rowCells(result).map((cells) => ({ cells: cells.map(cellText) }));
  const lines = [
    `${title}  sweep of ${plain(result.scenario)}, seed ${plain(result.seed)}`,
    ...below(sweepSentence(result), width),
    "",
    ...terminalTable({ cells: columnNames, mark: marks.dim }, rows, width - 2).map((line) => `  ${line}`),
    ...result.failures.slice(0, shownMax).flatMap((failure) => failureLines(failure, marks, width)),
    "",
    `  ${marks.dim("again")}   ${plain(result.reproduce, 4_000)}`,
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report")}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A sweep as a page that needs nothing but itself; all numbers are embedded as JSON. */
export function renderSweepHtml(result: SweepResult): string {
  const { scenario, status } = result;
  const verdict = statusAsVerdict[status];
  const badge = element("span", { class: `badge ${verdict}` }, `${verdictSymbol[verdict]} ${status}`);
  const header = element(
    "header",
    {},
    element("p", { class: "kicker" }, "Seatrial · crash points · simulated"),
    element("h1", {}, escapeMarkup(scenario), " ", badge),
  );
  const blocks = sweepBlocks(result).map((block) => renderBlock(block, { endMs: 1, bands: [] }));
  const body = element("main", {}, header, element("section", {}, ...blocks));
  return renderPage({ title: `${scenario}: sweep ${status}`, body, data: result });
}

/** What came out, in a sentence. */
function sweepSentence({ calls, swept, rows, failures, wallMs }: SweepResult): string {
  const tried = rows.reduce((sum, row) => sum + row.tried, 0);
  if (tried === 0) {
    return `The replicas made ${counted(calls, "call")} while the work was under way, and none of them was died at.`;
  }
  const some = swept < calls ? `, of which ${swept} were swept` : "";
  const found =
    failures.length === 0 ? "every one of them passed" : `${counted(failures.length, "point")} did not pass`;
  return (
    `The replicas made ${counted(calls, "call")} while the work was under way${some}. ` +
    `Each was died at before and after it: ${counted(tried, "run")} in ${readableMs(wallMs)}; ${found}.`
  );
}

function sweepBlocks(result: SweepResult): Block[] {
  return [
    text(sweepSentence(result)),
    table("Calls, and the points at which their replica died", columnNames, rowCells(result)),
    ...result.failures.flatMap(({ point, because, red, replay }): Block[] => [
      text(because === undefined ? `✘ Died ${point}` : `? Died ${point}: ${because}`),
      ...(red.length === 0 ? [] : [{ kind: "verdicts" as const, verdicts: red }]),
      ...(replay === undefined ? [] : [{ kind: "code" as const, code: replay }]),
    ]),
    { kind: "code", code: result.reproduce },
  ];
}

const columnNames = ["replica", "call", "calls", "tried", "passed", "failed", "unclear"];

function rowCells({ rows }: SweepResult): Cell[][] {
  return rows.map(({ replica, call, calls, tried, passed, failed, unclear }) => {
    return [replica, call, ...[calls, tried, passed, failed, unclear].map(count)];
  });
}

function failureLines({ point, because, red, replay }: SweepFailure, marks: Paint, width: number): string[] {
  return [
    "",
    ...below(because === undefined ? `died ${point}` : `died ${point}: ${because}`, width).map(marks.verdict.fail),
    ...verdictLines(red, width - 2, marks).map((line) => `  ${line}`),
    ...(replay === undefined ? [] : [`    ${marks.dim("replay")}  ${plain(replay, 4_000)}`]),
  ];
}

function below(sentence: string, width: number): string[] {
  return wrap(plain(sentence, 2_000), width - 2).map((line) => `  ${line}`);
}
