import { readableMs } from "../../core/mod.ts";
import { noteOf, statusBadge } from "../html/header.ts";
import { renderBlock } from "../html/blocks.ts";
import { renderPage } from "../html/page.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { verdictSymbol } from "../status.ts";
import { engineBlocks } from "./engines.ts";
import {
  reportLink,
  suiteNote,
  suiteSentence,
  suiteStatus,
  worstCheck,
  type BrokenRun,
  type Suite,
  type SuiteRun,
} from "./suite.ts";

const words = { pass: "passed", fail: "failed", unknown: "inconclusive" } as const;

/** `index.html` of a suite: its runs in a table, each with a link to its report. */
export function renderSuiteHtml(suite: Suite): string {
  const status = suiteStatus(suite);
  const badge = element("span", { class: `badge ${status}` }, `${verdictSymbol[status]} ${words[status]}`);
  const header = element(
    "header",
    {},
    element("p", { class: "kicker" }, "Seatrial · suite"),
    element("h1", {}, escapeMarkup(suite.name), " ", badge),
    element("p", { class: "lead" }, escapeMarkup(suiteSentence(suite))),
    ...noteOf(suiteNote(suite)),
  );
  return renderPage({
    title: `${suite.name}: ${words[status]}`,
    body: element(
      "main",
      {},
      header,
      element("section", {}, element("h2", {}, "Scenarios"), runTable(suite)),
      ...engineSection(suite),
    ),
    data: suite,
  });
}

/** A suite has no time of its own for a chart to be drawn in. */
const noTime = { endMs: 0, bands: [] };

function engineSection(suite: Suite): string[] {
  const blocks = engineBlocks(suite);
  if (blocks.length === 0) return [];
  const rendered = blocks.map((block) => renderBlock(block, noTime));
  return [element("section", {}, element("h2", {}, "Load engines"), ...rendered)];
}

function runTable({ runs, broken = [] }: Suite): string {
  if (runs.length + broken.length === 0) return element("p", {}, "No scenario was run.");
  const headings = ["scenario", "status", "lasted", "checks", "worst check"];
  const head = headings.map((name) => element("th", { scope: "col" }, name));
  const rows = [...runs.map(runRow), ...broken.map(brokenRow)];
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
  return element("div", { class: "scroll" }, table);
}

function runRow(run: SuiteRun): string {
  const { record } = run;
  const href = reportLink(run);
  const name = escapeMarkup(record.scenario);
  const passed = record.verdicts.filter((verdict) => verdict.status === "pass").length;
  return row(
    `${href === undefined ? name : element("a", { href }, name)}${element("small", {}, escapeMarkup(record.title))}`,
    statusBadge(record.status),
    escapeMarkup(readableMs(record.lastedMs)),
    `${passed} of ${record.verdicts.length}`,
    escapeMarkup(worstCheck(record)),
  );
}

function brokenRow({ scenario, because }: BrokenRun): string {
  const badge = element("span", { class: "badge unknown" }, `${verdictSymbol.unknown} not run`);
  return row(escapeMarkup(scenario), badge, "–", "–", escapeMarkup(because));
}

function row(...[scenario = "", ...cells]: string[]): string {
  return element(
    "tr",
    {},
    element("td", { class: "scenario" }, scenario),
    ...cells.map((cell) => element("td", {}, cell)),
  );
}
