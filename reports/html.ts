import { timeFrame, type TimeFrame } from "./figures/time-frame.ts";
import { renderBlock } from "./html/blocks.ts";
import { cursorScript } from "./html/cursor.ts";
import { renderHeader } from "./html/header.ts";
import { renderPage } from "./html/page.ts";
import { reportData } from "./json.ts";
import { element } from "./markup.ts";
import { escapeMarkup } from "./plain-text.ts";
import type { RunData } from "./run-data.ts";
import type { RenderedSection } from "./sections.ts";

/**
 * The report of a run as one HTML file: it works offline, prints, follows the reader's light or dark, and says
 * everything that a picture shows in a table as well.
 */
export function renderHtml(run: RunData): string {
  const data = reportData(run);
  const content = data.sections.map((section) => renderSection(section, timeFrame(run)));
  return renderPage({
    title: `${run.record.scenario}: ${run.record.status}`,
    body: element("main", {}, renderHeader(run, data.sections), ...content),
    data,
    script: cursorScript,
  });
}

function renderSection({ name, title, blocks }: RenderedSection, frame: TimeFrame): string {
  const content = blocks.map((block) => renderBlock(block, frame));
  return element("section", { id: name }, element("h2", {}, escapeMarkup(title)), ...content);
}
