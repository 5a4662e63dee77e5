import type { CapacityRecord } from "../../capacity/mod.ts";
import { renderPage } from "../html/page.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { verdictSymbol } from "../status.ts";
import type { CapacitySection } from "./block.ts";
import { renderCapacityBlock } from "./html-block.ts";
import { capacitySections } from "./sections.ts";
import { verdictOf } from "./words.ts";

/** `capacity.html`: one file that loads nothing, with every picture's numbers beside it and all of them embedded. */
export function renderCapacityHtml(record: CapacityRecord): string {
  const sections = capacitySections(record);
  return renderPage({
    title: `${record.plan.title}: ${record.status}`,
    body: element("main", {}, header(record, sections), ...sections.map(renderSection)),
    data: record,
  });
}

function header(
  { plan, status, answer, complaints, startedAtUnixMs }: CapacityRecord,
  sections: readonly CapacitySection[],
): string {
  const began = new Date(startedAtUnixMs).toISOString().slice(0, 16).replace("T", " ");
  const badge = element(
    "span",
    { class: `badge ${verdictOf[status]}` },
    `${verdictSymbol[verdictOf[status]]} ${status}`,
  );
  const links = sections.map(({ name, title }) =>
    element("a", { href: `#${encodeURIComponent(name)}` }, escapeMarkup(title)),
  );
  return element(
    "header",
    {},
    element("p", { class: "kicker" }, escapeMarkup(`Seatrial · capacity · seed ${plan.measure.seed} · ${began} UTC`)),
    element("h1", {}, escapeMarkup(plan.title), " ", badge),
    element("p", { class: "lead" }, escapeMarkup(answer.sentence, 1_000)),
    ...complaints.map((complaint) => element("p", { class: "lead" }, escapeMarkup(complaint, 1_000))),
    element("nav", { "aria-label": "Sections" }, links.join(" ")),
  );
}

function renderSection({ name, title, blocks }: CapacitySection): string {
  const content = blocks.map(renderCapacityBlock);
  return element("section", { id: name }, element("h2", {}, escapeMarkup(title)), ...content);
}
