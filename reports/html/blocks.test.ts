import { expect, test } from "vitest";

import { renderBlock } from "./blocks.ts";

const codeOf = (code: string): string => renderBlock({ kind: "code", code }, { endMs: 1, bands: [] });

test("two lines of code stay two, however long the first is", () => {
  expect(codeOf("one\n  two")).toBe("<pre><code>one\n  two</code></pre>");
  expect(codeOf(`${"a".repeat(5_000)}\nlast`)).toMatch(/a…\nlast</);
});

test("a line of code cannot become markup, or hide anything", () => {
  expect(codeOf("<b>\n\u202e</b>")).toBe("<pre><code>&#60;b&#62;\n\\u202e&#60;/b&#62;</code></pre>");
});

test("code without an end is cut, and says by how many lines", () => {
  const lines = codeOf("line\n".repeat(1_000)).split("\n");
  expect([lines.length, lines.at(-1)]).toEqual([401, "… and 601 more</code></pre>"]);
});
