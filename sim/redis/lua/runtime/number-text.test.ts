import { expect, test } from "vitest";

import { fixedText, generalText, numberText, scientificText } from "./number-text.ts";

test.each([
  [1, "1"],
  [-0, "-0"],
  [0.1, "0.1"],
  [1 / 3, "0.33333333333333"],
  [99999999999999, "99999999999999"],
  [1e14, "1e+14"],
  [123456789012345, "1.2345678901234e+14"],
  [2 ** 53, "9.007199254741e+15"],
  [1e-5, "1e-05"],
  [5e-324, "4.9406564584125e-324"],
  [2 ** 100, "1.2676506002282e+30"],
  [1e100, "1e+100"],
  [Infinity, "inf"],
  [-Infinity, "-inf"],
])("%d is written as C's %%.14g writes it", (value, text) => {
  expect(numberText(value)).toBe(text);
});

test("a tie goes to the even digit, as in C and not in JavaScript", () => {
  expect([0.5, 1.5, 2.5].map((value) => fixedText(value, 0))).toEqual(["0", "2", "2"]);
  expect(fixedText(0.125, 2)).toBe("0.12");
  expect(scientificText(2.5, 0)).toBe("2e+00");
});

test("17 digits tell every number apart", () => {
  expect(generalText(0.1, 17)).toBe("0.10000000000000001");
  expect(generalText(1e20, 17)).toBe("1e+20");
});
