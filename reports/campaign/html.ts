import { renderBlock } from "../html/blocks.ts";
import { renderPage } from "../html/page.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { statusAsVerdict, verdictSymbol } from "../status.ts";
import { campaignBlocks } from "./blocks.ts";
import type { CampaignResult } from "./campaign-result.ts";

/** A campaign has many axes of time, and so none. */
const noTime = { endMs: 1, bands: [] };

/** The campaign as a page that needs nothing but itself; all numbers are embedded as JSON. */
export function renderCampaignHtml(result: CampaignResult): string {
  const { name, status } = result;
  const verdict = statusAsVerdict[status];
  const badge = element("span", { class: `badge ${verdict}` }, `${verdictSymbol[verdict]} ${status}`);
  const header = element(
    "header",
    {},
    element("p", { class: "kicker" }, "Seatrial · campaign · simulated"),
    element("h1", {}, escapeMarkup(name), " ", badge),
  );
  const blocks = campaignBlocks(result).map((block) => renderBlock(block, noTime));
  return renderPage({
    title: `${name}: campaign ${status}`,
    body: element("main", {}, header, element("section", {}, ...blocks)),
    data: result,
  });
}
