import { readableMs, type RunRecord } from "../core/mod.ts";
import { clusterText } from "./sections/reproduce.ts";
import { plain } from "./plain-text.ts";
import type { RunData } from "./run-data.ts";
import { serversNote } from "./servers-note.ts";
import { statusAsVerdict, statusSentence, verdictSymbol } from "./status.ts";
import { keyLines } from "./terminal/key-lines.ts";
import { paint, type Paint } from "./terminal/paint.ts";
import { verdictLines } from "./terminal/verdicts.ts";
import { wrap } from "./terminal/width.ts";

/** How a terminal wants its reports. */
export interface TerminalOptions {
  /** Width of the terminal. Wider ones than 120 columns are not filled. */
  readonly columns: number;
  /** Whether to colour: the caller knows about terminals and NO_COLOR. */
  readonly colour: boolean;
  /** Where the full report lies, to be shown at the end. */
  readonly reportPath?: string;
}

/**
 * What a person wants to see when a run is over: what came out and why, the key figures, and where to read on.
 *
 * Every line fits the width but the command and the path, which stay whole so that they can be copied.
 */
export function renderTerminal(run: RunData, { columns, colour, reportPath }: TerminalOptions): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const lines = [
    ...opening(run.record, width, marks),
    "",
    ...verdictLines(run.record.verdicts, width, marks),
    ...(run.record.verdicts.length === 0 ? [] : [""]),
    ...keyLines(run, width),
    "",
    `  ${marks.dim("again")}   ${plain(run.record.reproduce, 4_000)}`,
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report")}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Lines that are too long are hard to read, and narrower terminals than 40 columns are not served. */
export function usableWidth(columns: number): number {
  return Math.min(120, Math.max(40, columns));
}

function opening(record: RunRecord, width: number, marks: Paint): string[] {
  const verdict = statusAsVerdict[record.status];
  const status = marks.verdict[verdict](marks.bold(`${verdictSymbol[verdict]} ${record.status.toUpperCase()}`));
  const [first = "", ...rest] = wrap(plain(record.scenario), width - record.status.length - 6);
  const facts = `${record.world} world, seed ${record.seed}, ${clusterText(record.cluster)}, ${readableMs(record.lastedMs)}`;
  const without = record.without.length === 0 ? "" : `, without ${record.without.join(", ")}`;
  const below = (text: string): string[] => wrap(plain(text, 1_000), width - 2).map((line) => `  ${line}`);
  const trace = record.traceHash === undefined ? "" : `, trace ${record.traceHash}`;
  const note = serversNote(record);
  return [
    `${status}  ${marks.bold(first)}`,
    ...rest.map((line) => `  ${marks.bold(line)}`),
    ...below(record.title),
    ...below(`${facts}${without}${trace}`).map(marks.dim),
    ...(note === undefined ? [] : below(note).map(marks.verdict.unknown)),
    "",
    ...below(statusSentence(record)),
  ];
}
