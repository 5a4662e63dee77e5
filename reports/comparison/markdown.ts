import { markdownBlock } from "../markdown/blocks.ts";
import { joinWithin } from "../markdown/document.ts";
import { escapeMarkdown } from "../markdown/escape.ts";
import { comparisonBlocks } from "./blocks.ts";
import type { Comparison } from "./comparison.ts";

/** `summary.md` of a comparison. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { a, b, scenario, title } = comparison;
  return joinWithin([
    `# ${escapeMarkdown(`${a.name} against ${b.name}`)}`,
    escapeMarkdown(`${scenario}: ${title}`, 1_000),
    ...comparisonBlocks(comparison).flatMap(markdownBlock),
  ]);
}
