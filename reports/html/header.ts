import { readableMs, type RunRecord } from "../../core/mod.ts";
import { cellText, count } from "../cell.ts";
import { element } from "../markup.ts";
import { keyFigures, slowestRecoveryMs, type KeyFigures } from "../figures/key-figures.ts";
import { escapeMarkup } from "../plain-text.ts";
import type { RunData } from "../run-data.ts";
import type { RenderedSection } from "../sections.ts";
import { serversNote } from "../servers-note.ts";
import { statusAsVerdict, verdictSymbol } from "../status.ts";

/** What a reader sees first: what was tried, what came out, and the few numbers that matter. */
export function renderHeader(run: RunData, sections: readonly RenderedSection[]): string {
  const { record } = run;
  return element(
    "header",
    {},
    element("p", { class: "kicker" }, escapeMarkup(origin(record))),
    element("h1", {}, escapeMarkup(record.scenario), " ", statusBadge(record.status)),
    element("p", { class: "lead" }, escapeMarkup(record.title, 1_000)),
    ...noteOf(serversNote(record)),
    element("dl", { class: "figures" }, ...figuresOf(record, keyFigures(run)).map(figure)),
    element("nav", { "aria-label": "Sections" }, sections.map(link).join(" ")),
  );
}

/** What must be read before the rest, if there is anything. */
export function noteOf(note: string | undefined): string[] {
  return note === undefined ? [] : [element("p", { class: "note" }, escapeMarkup(note, 1_000))];
}

/** A run's status as a coloured word with its symbol. */
export function statusBadge(status: RunRecord["status"]): string {
  const verdict = statusAsVerdict[status];
  return element("span", { class: `badge ${verdict}` }, `${verdictSymbol[verdict]} ${status}`);
}

function origin({ world, seed, startedAtUnixMs }: RunRecord): string {
  const began = new Date(startedAtUnixMs).toISOString().slice(0, 16).replace("T", " ");
  return `Seatrial · ${world} world · seed ${seed} · ${began} UTC`;
}

type Figure = readonly [label: string, value: string, note: string];

function figuresOf(record: RunRecord, figures: KeyFigures): Figure[] {
  const passed = record.verdicts.filter((verdict) => verdict.status === "pass").length;
  const recoveryMs = slowestRecoveryMs(figures);
  return [
    ["Checks that hold", `${passed}`, `of ${record.verdicts.length}`],
    ["Acknowledged", cellText(count(figures.outcomes.ok)), `of ${cellText(count(figures.offered))} offered`],
    ["Submit latency", ...spread(figures.submit.p99Ms, figures.submit.maxMs)],
    ["End to end", ...spread(figures.endToEnd.p99Ms, figures.endToEnd.maxMs)],
    ["Slowest recovery", recoveryMs === undefined ? "–" : readableMs(recoveryMs), "slowest job"],
    ["Lasted", readableMs(record.lastedMs), ""],
  ];
}

/** p99, or the maximum where there are too few samples for it. */
function spread(p99Ms: number | undefined, maxMs: number | undefined): [value: string, note: string] {
  if (p99Ms !== undefined) return [readableMs(p99Ms), "p99"];
  return maxMs === undefined ? ["–", "nothing measured"] : [readableMs(maxMs), "max, too few for p99"];
}

function figure([label, value, note]: Figure): string {
  const parts = [
    element("span", { class: "value" }, escapeMarkup(value)),
    " ",
    element("small", {}, escapeMarkup(note)),
  ];
  return element("div", {}, element("dt", {}, escapeMarkup(label)), element("dd", {}, ...parts));
}

function link({ name, title }: RenderedSection): string {
  return element("a", { href: `#${name}` }, escapeMarkup(title));
}
