import { readableMs, type Counterexample, type Measurement, type Verdict } from "../../core/mod.ts";
import { counted } from "../cell.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { verdictSymbol } from "../status.ts";

const words = { pass: "holds", fail: "fails", unknown: "unknown" } as const;

/** Counterexamples shown for each check, whatever the check kept. */
const shownMax = 20;

/** The verdicts as a list, each with what speaks against it. */
export function renderVerdicts(verdicts: readonly Verdict[]): string {
  return element("ol", { class: "verdicts" }, ...verdicts.map(renderVerdict));
}

function renderVerdict(verdict: Verdict): string {
  const { status, check, summary } = verdict;
  return element(
    "li",
    { class: status },
    element("span", { class: "symbol", "aria-hidden": "true" }, verdictSymbol[status]),
    element(
      "div",
      { class: "finding" },
      element("h3", {}, escapeMarkup(check), " ", element("span", { class: "word" }, words[status])),
      element("p", {}, escapeMarkup(summary)),
      ...counterexamples(verdict),
      ...measurements(verdict.measurements),
    ),
    element("p", { class: "examined" }, escapeMarkup(counted(verdict.examined, "examined", "examined"))),
  );
}

function counterexamples({ counterexamples: all, violations, status }: Verdict): string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, shownMax);
  const rest = violations - shown.length;
  const more = rest > 0 ? [element("p", { class: "more" }, escapeMarkup(`and ${counted(rest, "more", "more")}`))] : [];
  const kind = status === "fail" ? "contradictions" : "remarks";
  return [element("ul", { class: kind }, ...shown.map(counterexample)), ...more];
}

function counterexample({ subject, because, at }: Counterexample): string {
  const moment = at === undefined ? "" : `${element("time", {}, escapeMarkup(readableMs(at)))} `;
  return element("li", {}, `${element("code", {}, escapeMarkup(subject))} ${moment}${escapeMarkup(because)}`);
}

function measurements(all: readonly Measurement[]): string[] {
  if (all.length === 0) return [];
  const pairs = all.map(({ name, value }) =>
    element("div", {}, element("dt", {}, escapeMarkup(name)), " ", element("dd", {}, escapeMarkup(measured(value)))),
  );
  return [element("dl", { class: "measurements" }, ...pairs)];
}

/** The name carries the unit. */
function measured(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}
