import { expect, test } from "vitest";

import { formatFloat, parseFloatStrictly } from "./floats.ts";
import { parseInteger } from "./integers.ts";
import { addExactly } from "./long-double.ts";
import { Refusal } from "./refusal.ts";

const refusals = { left: new Refusal("left"), right: new Refusal("right") };

test.each([
  ["0.1", "0.2", "0.3"],
  ["10.5", "0.1", "10.6"],
  ["5.0e3", "2.0e2", "5200"],
  ["-1", "1", "0"],
  ["1e17", "0.5", "100000000000000000.5"],
  ["3", "-1.23", "1.77"],
  ["0.00000000000000001", "0", "0.00000000000000001"],
])("%s and %s make %s, as with 64 bits of mantissa", (left, right, sum) => {
  expect(addExactly(left, right, refusals)).toBe(sum);
});

test("what is no number, or has no end, is refused", () => {
  expect(() => addExactly("x", "1", refusals)).toThrow(refusals.left);
  expect(() => addExactly("1", "", refusals)).toThrow(refusals.right);
  expect(() => addExactly("1", "inf", refusals)).toThrow("ERR increment would produce NaN or Infinity");
});

test.each([
  [0.1, "0.10000000000000001"],
  [1e17, "1e+17"],
  [5e16, "50000000000000000"],
  [2 ** 53 + 2, "9007199254740994"],
  [1.5, "1.5"],
  [-2, "-2"],
  [3e-5, "3.0000000000000001e-05"],
  [0.0001, "0.0001"],
  [Infinity, "inf"],
  [2 ** -25, "2.9802322387695312e-08"],
  [123456789.12345679, "123456789.12345679"],
])("%d is written %s, as by C's %%.17g", (value, text) => {
  expect(formatFloat(value)).toBe(text);
});

test.each([
  ["1.5", 1.5],
  ["0x10", 16],
  ["-0x1p-1", -0.5],
  ["inf", Infinity],
  ["-Infinity", -Infinity],
  [" 1", undefined],
  ["1.5x", undefined],
  ["", undefined],
])("%j is read as %s", (text, value) => {
  expect(parseFloatStrictly(text)).toBe(value);
});

test.each([
  ["9223372036854775807", 9223372036854775807n],
  ["9223372036854775808", undefined],
  ["-9223372036854775808", -9223372036854775808n],
  ["9007199254740991", 9007199254740991],
  ["01", undefined],
  ["-0", undefined],
  ["+1", undefined],
])("the integer %s is %s", (text, value) => {
  expect(parseInteger(text)).toBe(value);
});
