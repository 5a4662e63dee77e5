import { markdownBlock } from "../markdown/blocks.ts";
import { joinWithin } from "../markdown/document.ts";
import { escapeMarkdown } from "../markdown/escape.ts";
import { statusAsVerdict, verdictSymbol } from "../status.ts";
import { campaignBlocks } from "./blocks.ts";
import type { CampaignResult } from "./campaign-result.ts";

/** `summary.md` of a campaign. */
export function renderCampaignMarkdown(result: CampaignResult): string {
  const symbol = verdictSymbol[statusAsVerdict[result.status]];
  const title = `# ${symbol} ${escapeMarkdown(result.name)}: campaign ${result.status}`;
  return joinWithin([title, ...campaignBlocks(result).flatMap(markdownBlock)]);
}
