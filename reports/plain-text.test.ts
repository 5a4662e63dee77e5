import { expect, test } from "vitest";

import { escapeMarkup, plain } from "./plain-text.ts";

test.each([
  ["an escape sequence", "a\u001b[2Jb", "a\\u001b[2Jb"],
  ["a C1 control", "a\u009bb", "a\\u009bb"],
  ["a mark that turns the reading direction", "a\u202eb", "a\\u202eb"],
  ["a zero-width space", "a\u200bb", "a\\u200bb"],
  ["a line separator", "a\u2028b", "a\\u2028b"],
  ["a non-character", "a\uffffb", "a\\uffffb"],
  ["a lone surrogate", "a\ud800b", "a\ufffdb"],
  ["a line break", "a  \r\n  b", "a b"],
  ["a tab", "a\tb", "a b"],
  ["ordinary text in any script", "né 日本 🚢", "né 日本 🚢"],
])("%s is shown for what it is", (_, text, shown) => {
  expect(plain(text)).toBe(shown);
});

test("a text has an end", () => {
  expect(plain("x".repeat(5_000))).toBe(`${"x".repeat(400)}…`);
  expect(plain("x".repeat(50), 10)).toBe("xxxxxxxxxx…");
});

test("markup is text", () => {
  expect(escapeMarkup(`<a b="c" d='e'>&amp;`)).toBe("&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;amp;");
});
