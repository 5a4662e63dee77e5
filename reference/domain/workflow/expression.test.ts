import { expect, test } from "vitest";

import { costMistake, stepsReadBy } from "./expression-rules.ts";
import { checkExpression, evaluate, ExpressionFailed, type Scope } from "./expression.ts";

const scope: Scope = {
  input: { n: 5, half: 0.5, list: [1, 2, 3], name: "x", none: null, long: Array.from({ length: 400 }, (_, i) => i) },
  steps: { charge: { state: "succeeded", output: { ok: true } }, "two-part": { state: "skipped", output: null } },
};

test.each<[string, unknown]>([
  ["input.n + 1", 6],
  ["1 + input.n * 2", 11],
  ["input.n / 2", 2.5],
  ["input.n % 3", 2],
  ["10 - input.half", 9.5],
  ["7.5 % 2.0", 1.5],
  ["2 + 3", 5],
  ["size(input.list)", 3],
  ["size(input.list) + input.n", 8],
  ["input.list.map(x, x * 2)", [2, 4, 6]],
  ["input.list + [4]", [1, 2, 3, 4]],
  ["input.n == 5 && input.n > 4", true],
  ["{'a': 1, 'b': [true, null]}", { a: 1, b: [true, null] }],
  ["steps.charge.output.ok", true],
  ['steps["two-part"].state', "skipped"],
  ["has(input.nope) ? 1 : 2", 2],
  ["timestamp('2030-01-31T08:00:00Z')", "2030-01-31T08:00:00.000Z"],
  ["string(input.n) + input.name", "5x"],
])("%s gives %j", (expression, value) => {
  expect(evaluate(expression, scope)).toStrictEqual(value);
});

test("item and index are there for one item of a list, and only there", () => {
  const item = { ...scope, item: { id: 7 }, index: 2 };
  expect(evaluate("item.id + index", item)).toBe(9);
  expect(evaluate("index == 2 ? input.list[index] : 0", item)).toBe(3);
  expect(() => evaluate("item", scope)).toThrow("Unknown variable: item");
  expect(checkExpression("item", "item")).toMatchObject({ valid: true });
  expect(checkExpression("item", "step")).toMatchObject({ valid: false, reason: "Unknown variable: item" });
});

test.each([
  ["input.nope", "input.nope: No such key: nope"],
  ["steps.nope.output", "No such key: nope"],
  ["input.constructor", "No such key: constructor"],
  ["input.none + 1", "no such overload"],
  ["1.0 / 0.0", "the result is Infinity, which is not JSON"],
  ["9223372036854775807", "beyond 2^53"],
  ["b'bytes'", "the result is Uint8Array, which is not JSON"],
  ["duration('3s')", "which is not JSON"],
  ["input.long.map(x, input.long)", "the result has more than 100000 values"],
])("%s fails: %s", (expression, message) => {
  expect(() => evaluate(expression, scope)).toThrow(ExpressionFailed);
  expect(() => evaluate(expression, scope)).toThrow(message);
});

test("names and types are checked before anything runs, as far as they are known", () => {
  expect(checkExpression("input.x > 3", "step")).toMatchObject({ valid: true, type: "bool" });
  expect(checkExpression("input.x", "step")).toMatchObject({ valid: true, type: "dyn" });
  expect(checkExpression("'a' * 2", "step")).toMatchObject({ valid: false, reason: /no such overload/ });
  expect(checkExpression("(".repeat(400), "step")).toMatchObject({ valid: false });
  expect(checkExpression("1".repeat(4_097), "step")).toEqual({
    ...{ valid: false, reason: "has 4097 characters; the most is 4096" },
  });
});

function astOf(expression: string): Parameters<typeof costMistake>[0] {
  const checked = checkExpression(expression, "step");
  if (!checked.valid) throw new Error(checked.reason);
  return checked.ast;
}

test("which steps an expression reads", () => {
  const expression =
    'steps.a.output + steps["b-c"].output + input.l.map(x, steps.d.output)[0] + {"k": steps.a}.k.output';
  expect(stepsReadBy(astOf(expression)).toSorted()).toEqual(["a", "b-c", "d"]);
  expect(stepsReadBy(astOf("has(steps.q.output) ? input.steps.x : steps[input.y]"))).toEqual(["q"]);
});

test("an expression whose time has no bound is told apart", () => {
  expect(costMistake(astOf("input.a.matches('(a+)+b')"))).toMatch(/matches/);
  expect(costMistake(astOf("input.a.all(x, x.b.all(y, y.c.exists(z, z)))"))).toMatch(/nests more than 2/);
  expect(costMistake(astOf("input.a.map(x, x.b.map(y, y.c.map(z, z))).all(u, true)"))).toMatch(/nests more than 2/);
  expect(costMistake(astOf("cel.bind(a, input.l, a + a)"))).toMatch(/cel\.bind/);
  expect(costMistake(astOf(`input.a${".map(x, x + x)".repeat(6)}`))).toMatch(/more than 5/);
  expect(costMistake(astOf("input.a.all(x, x.b.exists(y, y > 1))"))).toBeUndefined();
  expect(costMistake(astOf("input.a.map(x, x).filter(y, y > 1).map(z, z).all(u, u)"))).toBeUndefined();
});

test("lists are gone through within each other only if they are short", () => {
  const list = (length: number): Scope => ({ input: { list: Array.from({ length }, (_, index) => index) }, steps: {} });
  const nested = "input.list.all(x, input.list.exists(y, y == x))";
  expect(evaluate(nested, list(100))).toBe(true);
  expect(() => evaluate(nested, list(1_001))).toThrow("one has 1001 items; the most is 1000");
  expect(evaluate("input.list.all(x, x in input.list)", list(1_001))).toBe(true);
});
