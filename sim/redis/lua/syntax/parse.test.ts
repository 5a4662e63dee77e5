import { expect, test } from "vitest";

import type { Expression, Statement } from "./ast.ts";
import { chunkNamed } from "./chunk.ts";
import { parse } from "./parse.ts";

const chunk = chunkNamed("@user_script");

test.each([
  ["1 + 2 * 3", "7"],
  ["a + b * c", "(a + (b * c))"],
  ["a .. b .. c", "(a .. (b .. c))"],
  ["a - b - c", "((a - b) - c)"],
  ["a ^ b ^ c", "(a ^ (b ^ c))"],
  ["-a ^ b", "(- (a ^ b))"],
  ["not a == b", "((not a) == b)"],
  ["a or b and c", "(a or (b and c))"],
  ["a < b == c", "((a < b) == c)"],
  ["nil or a", "a"],
  ["-(2)", "-2"],
  ["1 / 0", "(1 / 0)"],
])("reads %s as %s", (source, shape) => {
  expect(shapeOf(returned(source))).toBe(shape);
});

test("tells local variables, those of functions around, and global ones apart", () => {
  const [, , statement] = parse("local a\nlocal b\nreturn function() return a, b, c end", chunk).body;
  const inner =
    statement?.type === "return" && statement.values[0]?.type === "function" ? statement.values[0].body : [];
  const values = inner[0]?.type === "return" ? inner[0].values : [];
  expect(values.map((value) => (value.type === "local" ? value.isUpvalue : value.type))).toEqual([
    true,
    true,
    "global",
  ]);
});

test("gives a call the line of its parenthesis, and an operator that of its last operand", () => {
  expect(returned("f(\n1)")).toMatchObject({ type: "call", line: 1 });
  expect(returned("a +\nb")).toMatchObject({ type: "binary", line: 2 });
});

test.each([
  ["x x", "user_script:1: '=' expected near 'x'"],
  ["if a then\n", "user_script:2: 'end' expected (to close 'if' at line 1) near '<eof>'"],
  ["break", "user_script:1: no loop to break near '<eof>'"],
  ["return function() return ... end", "user_script:1: cannot use '...' outside a vararg function near '...'"],
  ["f\n(1)", "user_script:2: ambiguous syntax (function call x new statement) near '('"],
  ["local a ".repeat(201), "main function has more than 200 local variables"],
  ["do ".repeat(300), "chunk has too many syntax levels"],
])("refuses %j as Lua does", (source, message) => {
  expect(() => parse(source, chunk)).toThrow(message);
});

function returned(source: string): Expression {
  const statement: Statement | undefined = parse(`return ${source}`, chunk).body[0];
  const value = statement?.type === "return" ? statement.values[0] : undefined;
  if (value === undefined) throw new Error(`nothing is returned by ${source}`);
  return value;
}

function shapeOf(expression: Expression): string {
  if (expression.type === "binary") {
    return `(${shapeOf(expression.left)} ${expression.operator} ${shapeOf(expression.right)})`;
  }
  if (expression.type === "unary") return `(${expression.operator} ${shapeOf(expression.operand)})`;
  if (expression.type === "paren") return shapeOf(expression.inner);
  if (expression.type === "global") return expression.name;
  return expression.type === "number" ? String(expression.value) : expression.type;
}
