import { markdownBlock } from "../markdown/blocks.ts";
import { joinWithin, summaryBytesMax } from "../markdown/document.ts";
import { gateBlocks } from "./blocks.ts";
import type { GateResult } from "./gate-result.ts";
import { gateStatusText } from "./words.ts";

/** `summary.md` of a gate, and the job summary of a CI system. */
export function renderGateMarkdown(result: GateResult, bytesMax = summaryBytesMax): string {
  const title = `# ${gateStatusText(result.status)}: gate (${result.mode})`;
  return joinWithin([title, ...gateBlocks(result).flatMap(markdownBlock)], bytesMax);
}
