import type { CapacityRecord } from "../../capacity/mod.ts";
import { markdownBlock } from "../markdown/blocks.ts";
import { joinWithin } from "../markdown/document.ts";
import { escapeMarkdown } from "../markdown/escape.ts";
import { verdictSymbol } from "../status.ts";
import type { CapacityBlock, CapacitySection } from "./block.ts";
import { capacitySections } from "./sections.ts";
import { verdictOf } from "./words.ts";

/** `capacity.md`: the report in the Markdown of CI job summaries, without the pictures. */
export function renderCapacityMarkdown(record: CapacityRecord): string {
  const { plan, status, answer, complaints } = record;
  return joinWithin([
    `# ${verdictSymbol[verdictOf[status]]} ${escapeMarkdown(plan.title)}`,
    escapeMarkdown(answer.sentence, 1_000),
    ...complaints.map((complaint) => escapeMarkdown(complaint, 1_000)),
    ...capacitySections(record).map(renderSection),
  ]);
}

function renderSection({ title, blocks }: CapacitySection): string {
  return [`## ${escapeMarkdown(title)}`, ...blocks.flatMap(renderBlock)].join("\n\n");
}

/** Pictures are left to the HTML report, and so is what is only there to be looked up. */
function renderBlock(block: CapacityBlock): string[] {
  if (block.kind === "curve-chart" || block.kind === "bar-chart") return [];
  return block.kind === "table" && block.folded ? [] : markdownBlock(block);
}
