import type { Explanation } from "../../capacity/mod.ts";
import { plain } from "../plain-text.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Paint } from "../terminal/paint.ts";
import { padEnd, wrap } from "../terminal/width.ts";

const labelWidth = 9;

/** The seed's worked examples for a terminal: formula, inputs, result, what the seed prints, and where it misleads. */
export function renderExplanations(explanations: readonly Explanation[], { columns, colour }: TerminalOptions): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  return explanations.map((each, index) => rendered(each, index + 1, width, marks)).join("\n");
}

function rendered(
  { title, formula, inputs, result, seedPrints, misleads }: Explanation,
  number: number,
  width: number,
  marks: Paint,
): string {
  const given = inputs.map(([name, value]) => `${name} ${value}`).join(", ");
  const lines = [
    marks.bold(`${number}. ${title}`),
    ...labelled("formula", formula, width, marks),
    ...labelled("inputs", given, width, marks),
    ...labelled("result", result, width, marks),
    ...labelled("seed", seedPrints, width, marks),
    ...labelled("but", misleads, width, marks),
  ];
  return `${lines.join("\n")}\n`;
}

function labelled(label: string, text: string, width: number, marks: Paint): string[] {
  const [first = "", ...rest] = wrap(plain(text, 2_000), width - labelWidth - 3);
  const indent = " ".repeat(labelWidth + 3);
  return [`   ${marks.dim(padEnd(label, labelWidth))}${first}`, ...rest.map((line) => indent + line)];
}
