import { plain } from "./plain-text.ts";

/** So many lines of code are shown, and so many characters of each. */
const linesMax = 400;
const lineLengthMax = 4_000;

/** Code from outside, made safe to show line by line: it keeps its lines, and has an end. */
export function codeLines(code: string): string[] {
  const lines = code.split(/\r?\n/);
  const shown = lines.slice(0, linesMax).map((line) => plain(line, lineLengthMax));
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `… and ${rest} more`] : shown;
}
