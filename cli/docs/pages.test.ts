import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { generatedPages } from "./pages.ts";

test.each(Object.entries(generatedPages))("%s is what the registries say now (else: npm run docs)", (path, render) => {
  expect(tableCells(readFileSync(path, "utf8"))).toEqual(tableCells(render()));
});

/** The formatter aligns tables; words are what counts. */
function tableCells(text: string): string[] {
  return text.split(/[\s|]+/).filter((word) => !/^-*$/.test(word));
}
