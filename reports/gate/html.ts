import { renderBlock } from "../html/blocks.ts";
import { renderPage } from "../html/page.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { gateBlocks } from "./blocks.ts";
import type { GateResult } from "./gate-result.ts";
import { gateStatusText, gateVerdict } from "./words.ts";

/** A gate has no axis of time. */
const noTime = { endMs: 1, bands: [] };

/** The gate as a page that needs nothing but itself; all numbers are embedded as JSON. */
export function renderGateHtml(result: GateResult): string {
  const { status, policy, mode } = result;
  const badge = element("span", { class: `badge ${gateVerdict[status]}` }, gateStatusText(status));
  const header = element(
    "header",
    {},
    element("p", { class: "kicker" }, escapeMarkup(`Seatrial · gate · ${mode}`)),
    element("h1", {}, escapeMarkup(policy), " ", badge),
  );
  const blocks = gateBlocks(result).map((block) => renderBlock(block, noTime));
  return renderPage({
    title: `gate: ${status}`,
    body: element("main", {}, header, element("section", {}, ...blocks)),
    data: result,
  });
}
