import { readableMs, type RunRecord } from "../core/mod.ts";
import { markdownBlock } from "./markdown/blocks.ts";
import { joinWithin } from "./markdown/document.ts";
import { escapeMarkdown } from "./markdown/escape.ts";
import type { RunData } from "./run-data.ts";
import { renderSections, type RenderedSection } from "./sections.ts";
import { serversNote } from "./servers-note.ts";
import { statusAsVerdict, verdictSymbol } from "./status.ts";

/** Sections that a summary shows at once; the others unfold. */
const open: ReadonlySet<string> = new Set(["verdicts", "reproduce"]);

/** `summary.md`: the report in the Markdown of CI job summaries, below 64 KB, without the pictures. */
export function renderMarkdown(run: RunData): string {
  const { record } = run;
  const note = serversNote(record);
  return joinWithin([
    `## ${statusText(record.status)}: ${escapeMarkdown(record.scenario)}`,
    escapeMarkdown(record.title, 1_000),
    `${escapeMarkdown(record.world)} world, seed ${escapeMarkdown(record.seed)}, ${readableMs(record.lastedMs)}`,
    ...(note === undefined ? [] : [`> ${escapeMarkdown(note, 1_000)}`]),
    ...renderSections(run).map(renderSection),
  ]);
}

/** `✘ failed` */
export function statusText(status: RunRecord["status"]): string {
  return `${verdictSymbol[statusAsVerdict[status]]} ${status}`;
}

function renderSection({ name, title, blocks }: RenderedSection): string {
  const content = blocks.flatMap(markdownBlock).join("\n\n");
  if (open.has(name)) return `### ${escapeMarkdown(title)}\n\n${content}`;
  return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${content}\n\n</details>`;
}
