import { expect, test } from "vitest";

import { globPattern } from "./glob.ts";

test.each([
  ["*", "", true],
  ["h?llo", "hallo", true],
  ["h?llo", "hllo", false],
  ["h[ae]llo", "hello", true],
  ["h[^e]llo", "hello", false],
  ["h[z-a]llo", "hello", true],
  ["a.c", "abc", false],
  ["\\*", "*", true],
  ["\\*", "x", false],
  ["[", "[", false],
  ["[]", "]", false],
  ["*\n*", "a\nb", true],
  ["user:*:job", "user:1:2:job", true],
])("%j against %j: %s", (pattern, text, matches) => {
  expect(globPattern(pattern)(text)).toBe(matches);
});
