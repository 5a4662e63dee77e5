import { ratioPicture } from "../comparison/ratio-picture.ts";
import { renderBlock } from "../html/blocks.ts";
import { noteOf } from "../html/header.ts";
import { renderPage } from "../html/page.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { methodText, scenarioBlocks } from "./blocks.ts";
import { shapePicture } from "./shape-picture.ts";
import { worldsNotes } from "./words.ts";
import type { ComparedScenario, WorldsComparison } from "./worlds-comparison.ts";

/** A comparison has no axis of time. */
const noTime = { endMs: 1, bands: [] };

/** The comparison of worlds as a page that needs nothing but itself; all numbers are embedded as JSON. */
export function renderWorldsHtml(comparison: WorldsComparison): string {
  const { name, seed, tuning, scenarios, reproduce } = comparison;
  const header = element(
    "header",
    {},
    element("p", { class: "kicker" }, escapeMarkup(`Seatrial · worlds compared · tuning ${tuning} · seed ${seed}`)),
    element("h1", {}, escapeMarkup(`${name}: sim against local`)),
    ...worldsNotes(comparison).flatMap(noteOf),
  );
  const method = [{ kind: "text", text: methodText(comparison) } as const, { kind: "code", code: reproduce } as const];
  const end = element(
    "section",
    {},
    element("h2", {}, "How it was measured"),
    ...method.map((block) => renderBlock(block, noTime)),
  );
  return renderPage({
    title: `${name}: sim against local`,
    body: element("main", {}, header, ...scenarios.map(scenarioSection), end),
    data: comparison,
  });
}

function scenarioSection(scenario: ComparedScenario): string {
  const { scenario: name, title, shapes, rows } = scenario;
  const ratios = { rows, a: { name: "local" }, b: { name: "sim" } };
  return element(
    "section",
    {},
    element("h2", {}, escapeMarkup(name)),
    element("p", { class: "lead" }, escapeMarkup(title, 1_000)),
    ...scenarioBlocks(scenario).map((block) => renderBlock(block, noTime)),
    shapePicture(shapes),
    ratioPicture(ratios),
  );
}
