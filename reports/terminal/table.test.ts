import { expect, test } from "vitest";

import { terminalTable } from "./table.ts";
import { textWidth } from "./width.ts";

const heading = { cells: ["scenario", "check"] };

test("columns are aligned, and nothing trails", () => {
  expect(terminalTable(heading, [{ cells: ["a", "one"] }, { cells: ["bbbbbbbbbb", "two"] }], 80)).toEqual([
    "scenario    check",
    "a           one",
    "bbbbbbbbbb  two",
  ]);
});

test("the widest column gives way, and its words wrap", () => {
  const lines = terminalTable(heading, [{ cells: ["short", "a sentence that is much too long for this"] }], 30);
  expect(lines.every((line) => textWidth(line) <= 30)).toBe(true);
  expect(
    lines
      .slice(1)
      .map((line) => line.slice(10))
      .join(" "),
  ).toBe("a sentence that is much too long for this");
});

test("a mark covers all lines of a row, and the lines below it", () => {
  const row = { cells: ["a", "b"], below: ["  more"], mark: (text: string) => `<${text}>` };
  expect(terminalTable(heading, [row], 80).slice(1)).toEqual(["<a         b>", "<  more>"]);
});
