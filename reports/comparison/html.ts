import { renderBlock } from "../html/blocks.ts";
import { renderPage } from "../html/page.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { comparisonBlocks } from "./blocks.ts";
import type { Comparison } from "./comparison.ts";
import { ratioPicture } from "./ratio-picture.ts";
import { hasFailed } from "./words.ts";

/** A comparison has no axis of time. */
const noTime = { endMs: 1, bands: [] };

/** The comparison as a page that needs nothing but itself; all numbers are embedded as JSON. */
export function renderComparisonHtml(comparison: Comparison): string {
  const { a, b, scenario, title, seed } = comparison;
  const name = `${a.name} against ${b.name}`;
  const badge = hasFailed(comparison) ? [" ", element("span", { class: "badge fail" }, "✘ a check failed")] : [];
  const header = element(
    "header",
    {},
    element("p", { class: "kicker" }, escapeMarkup(`Seatrial · comparison · ${scenario} · seed ${seed}`)),
    element("h1", {}, escapeMarkup(name), ...badge),
    element("p", { class: "lead" }, escapeMarkup(title, 1_000)),
  );
  const blocks = comparisonBlocks(comparison).map((block) => renderBlock(block, noTime));
  const found = element("section", {}, element("h2", {}, "What was found"), ...blocks);
  const picture = element("section", {}, element("h2", {}, "Ratios"), ratioPicture(comparison));
  return renderPage({
    title: name,
    body: element("main", {}, header, found, picture),
    data: comparison,
  });
}
