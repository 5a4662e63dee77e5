import { readableMs } from "../../core/mod.ts";
import { percentText, spreadText } from "../comparison/words.ts";
import { plain } from "../plain-text.ts";
import { verdictSymbol } from "../status.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Paint } from "../terminal/paint.ts";
import { terminalTable } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import type { CalibratedScenario, GateItem, GateResult } from "./gate-result.ts";
import { gateSentence, gateVerdict, pairedText, worstItemsFirst } from "./words.ts";

/** The gate for a terminal: what came out, then each requirement, the worst first. */
export function renderGateTerminal(result: GateResult, { columns, colour, reportPath }: TerminalOptions): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const verdict = gateVerdict[result.status];
  const title = `${verdictSymbol[verdict]} ${result.status.toUpperCase()}`;
  const lines = [
    `${marks.verdict[verdict](marks.bold(title))}  gate, ${result.mode}, ${plain(result.policy)}, ${readableMs(result.lastedMs)}`,
    ...below(gateSentence(result), width),
    "",
    ...worstItemsFirst(result.items).flatMap((item) => itemLines(item, marks, width)),
    "",
    ...below(pairedText(result), width).map(marks.dim),
    "",
    `  ${marks.dim("again")}   ${plain(result.reproduce, 4_000)}`,
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report")}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function itemLines(
  { status, kind, name, scenario, summary, blocking }: GateItem,
  marks: Paint,
  width: number,
): string[] {
  const verdict = gateVerdict[status];
  const weight = blocking ? "" : ", advice";
  const head = `${verdictSymbol[verdict]} ${plain(name)} (${scenario}, ${kind}${weight})`;
  const isShort = status === "passed" && kind === "invariant";
  return [
    ...wrap(head, width - 2).map((line) => `  ${marks.verdict[verdict](line)}`),
    ...(isShort ? [] : wrap(plain(summary, 1_000), width - 6).map((line) => `      ${line}`)),
  ];
}

/** What recording a baseline found out about the noise. */
export function renderCalibration(
  file: string,
  scenarios: readonly CalibratedScenario[],
  { columns, colour }: TerminalOptions,
): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const tables = scenarios.flatMap(({ scenario, pairs, rows }) => [
    ...below(`${scenario}: what ${pairs} pairs can find, 4 times of 5`, width),
    ...terminalTable(
      { cells: ["measure", "baseline", "smallest effect"], mark: marks.dim },
      rows.map(({ row, detectable }) => ({
        cells: [row.title, spreadText(row.a, row.unit), percentText(Math.expm1(detectable))],
      })),
      width - 2,
    ).map((line) => `  ${line}`),
    "",
  ]);
  return [`${marks.verdict.pass("✔")} The baseline is recorded: ${plain(file, 4_000)}`, "", ...tables].join("\n");
}

function below(text: string, width: number): string[] {
  return wrap(plain(text, 2_000), width - 2).map((line) => `  ${line}`);
}
