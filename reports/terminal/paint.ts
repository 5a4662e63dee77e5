import type { VerdictStatus } from "../../core/mod.ts";

/** Marks a text; without colour, leaves it as it is. */
export type Mark = (text: string) => string;

/** The few marks that a terminal report uses. Everything they say is also said in characters. */
export interface Paint {
  readonly bold: Mark;
  readonly dim: Mark;
  /** The colour of a verdict. */
  readonly verdict: Readonly<Record<VerdictStatus, Mark>>;
}

/** SGR sequences of ECMA-48, or nothing at all: the caller decides from the terminal and from NO_COLOR. */
export function paint(colour: boolean): Paint {
  const mark = (on: number, off: number): Mark =>
    colour ? (text) => `\u001b[${on}m${text}\u001b[${off}m` : (text) => text;
  const [bold, dim, red, green, yellow] = [mark(1, 22), mark(2, 22), mark(31, 39), mark(32, 39), mark(33, 39)];
  return { bold, dim, verdict: { pass: green, fail: red, unknown: yellow } };
}
