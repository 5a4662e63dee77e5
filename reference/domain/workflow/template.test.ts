import { expect, test } from "vitest";

import { ExpressionFailed } from "./expression.ts";
import { render, templateParts } from "./template.ts";

const scope = { input: { n: 2, text: "hi", list: [1, { a: null }], none: null }, steps: {} };

test.each([
  ["${input.n}", 2],
  ["${input.list}", [1, { a: null }]],
  ["${ input.none }", null],
  ["n=${input.n}, ${input.text}!", "n=2, hi!"],
  ["${input.n}${input.n}", "22"],
  ["list: ${input.list}", 'list: [1,{"a":null}]'],
  [" ${input.n}", " 2"],
  ["no expression", "no expression"],
  ["", ""],
  ["$5 and {braces}", "$5 and {braces}"],
  ["$${input.n}", "${input.n}"],
  ["${input.n}$${x}", "2${x}"],
  ["${ {'a': {'b': 1}}.a.b }", 1],
  ["${'}'}", "}"],
  ['${"\\"}" + input.text}', '"}hi'],
  ["${'''it's }'''}", "it's }"],
  [7, 7],
  [null, null],
])("%j becomes %j", (input, value) => {
  expect(render(input, scope)).toEqual(value);
});

test("texts within lists and objects are filled in, keys are left alone", () => {
  expect(render({ "${input.n}": ["${input.n}", { deep: "${input.text}" }] }, scope)).toEqual({
    "${input.n}": [2, { deep: "hi" }],
  });
  const odd: unknown = JSON.parse('{"__proto__": "${input.n}"}');
  expect(JSON.stringify(render(odd, scope))).toBe('{"__proto__":2}');
});

test("an expression that fails says which, and why", () => {
  expect(() => render("${input.nope}", scope)).toThrow(ExpressionFailed);
  expect(() => render("${input.nope}", scope)).toThrow("input.nope: No such key: nope");
});

test.each(["${", "a ${input.n", "${{}"])("%j is never closed", (text) => {
  expect(templateParts(text)).toBeUndefined();
});
