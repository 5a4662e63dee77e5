import { readableMs, type Counterexample, type Verdict } from "../../core/mod.ts";
import { counted } from "../cell.ts";
import { plain } from "../plain-text.ts";
import { verdictSymbol, worstFirst } from "../status.ts";
import type { Paint } from "./paint.ts";
import { padEnd, textWidth, wrap } from "./width.ts";

/** Counterexamples shown for each check; the report has more. */
const shownMax = 3;

/** A check's name is not padded further than this, so that one long name does not push all counts away. */
const nameWidthMax = 48;

/** The verdicts as lines, worst first; what failed or is unknown says why. */
export function verdictLines(verdicts: readonly Verdict[], width: number, marks: Paint): string[] {
  const longest = verdicts.reduce((most, { check }) => Math.max(most, textWidth(plain(check))), 0);
  const nameWidth = Math.min(longest, nameWidthMax, width - 24);
  const tallyWidth = verdicts.reduce((most, verdict) => Math.max(most, tallyOf(verdict).length), 0);
  return worstFirst(verdicts).flatMap((verdict) => [
    ...headline(verdict, nameWidth, tallyWidth, marks),
    ...(verdict.status === "pass" ? [] : reasons(verdict, width, marks)),
  ]);
}

function headline(verdict: Verdict, nameWidth: number, tallyWidth: number, marks: Paint): string[] {
  const { status, check } = verdict;
  const symbol = marks.verdict[status](verdictSymbol[status]);
  const [first = "", ...rest] = wrap(plain(check), nameWidth);
  const name = marks.bold(padEnd(first, nameWidth));
  const tally = marks.dim(tallyOf(verdict).padStart(tallyWidth));
  return [`  ${symbol} ${name}  ${tally}`, ...rest.map((line) => `    ${marks.bold(line)}`)];
}

function tallyOf({ examined }: Verdict): string {
  return counted(examined, "examined", "examined");
}

function reasons({ status, summary, counterexamples, violations }: Verdict, width: number, marks: Paint): string[] {
  const shown = counterexamples.slice(0, shownMax);
  const hidden = Math.max(violations, counterexamples.length) - shown.length;
  const more = hidden > 0 ? [`and ${counted(hidden, "more", "more")}`] : [];
  return [
    ...indented(plain(summary), 4, width).map(marks.verdict[status]),
    ...[...shown.map(counterexampleText), ...more].flatMap((text) => indented(text, 6, width)),
  ];
}

function counterexampleText({ subject, because, at }: Counterexample): string {
  const moment = at === undefined ? "" : ` at ${readableMs(at)}`;
  return `${plain(subject, 80)}${moment}: ${plain(because)}`;
}

function indented(text: string, indent: number, width: number): string[] {
  return wrap(text, width - indent).map((line) => " ".repeat(indent) + line);
}
