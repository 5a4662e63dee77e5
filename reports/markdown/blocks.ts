import { readableMs, type Verdict } from "../../core/mod.ts";
import type { Block, TableBlock } from "../block.ts";
import { cellText, count, counted } from "../cell.ts";
import { verdictSymbol, worstFirst } from "../status.ts";
import { codeFence, codeSpan, escapeMarkdown } from "./escape.ts";

/** Counterexamples shown for each check. */
const shownMax = 5;

/** A block as Markdown. Pictures are left to the HTML report. */
export function markdownBlock(block: Block): string[] {
  switch (block.kind) {
    case "text":
      return [escapeMarkdown(block.text, 2_000)];
    case "table":
      return [`**${escapeMarkdown(block.caption)}**`, markdownTable(block)];
    case "code":
      return [codeFence(block.code)];
    case "verdicts":
      return [verdictTable(block.verdicts), ...worstFirst(block.verdicts).flatMap(counterexampleList)];
    case "time-chart":
    case "lane-chart":
      return [];
  }
}

/** A table with its headings; columns of numbers are aligned to the right. */
export function markdownTable({ columns, rows }: Pick<TableBlock, "columns" | "rows">): string {
  const rules = columns.map((_, index) => (rows.some((row) => typeof row[index] === "object") ? "---:" : "---"));
  const lines = [
    columns.map((name) => escapeMarkdown(name)),
    rules,
    ...rows.map((row) => row.map((cell) => escapeMarkdown(cellText(cell)))),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = worstFirst(verdicts).map(({ status, check, examined, violations, summary }) => [
    verdictSymbol[status],
    check,
    count(examined),
    count(violations),
    summary,
  ]);
  return markdownTable({ columns: ["", "check", "examined", "contradict", "what was seen"], rows });
}

function counterexampleList({ check, counterexamples, violations }: Verdict): string[] {
  if (counterexamples.length === 0) return [];
  const shown = counterexamples.slice(0, shownMax);
  const rest = Math.max(violations, counterexamples.length) - shown.length;
  const items = shown.map(({ subject, because, at }) => {
    const moment = at === undefined ? "" : ` at ${readableMs(at)}`;
    return `- ${codeSpan(subject)}${moment}: ${escapeMarkdown(because)}`;
  });
  const more = rest > 0 ? [`- and ${counted(rest, "more", "more")}`] : [];
  return [`**${escapeMarkdown(check)}** is contradicted by`, [...items, ...more].join("\n")];
}
