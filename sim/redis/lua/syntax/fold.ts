import type { Binary, Expression, Unary } from "./ast.ts";

/** The types of constants that count as true. */
export const constantlyTrue: ReadonlySet<string> = new Set(["number", "string", "true"]);
/** The types of constants that count as false. */
export const constantlyFalse: ReadonlySet<string> = new Set(["nil", "false"]);

/**
 * What the compiler of Lua decides ahead of time: arithmetic of two numbers, but for divisions by zero and NaN, and
 * which side an `and` or an `or` gives.
 */
export function foldBinary(binary: Binary): Expression {
  const { left, right, operator } = binary;
  if (operator === "and" && constantlyTrue.has(left.type)) return { type: "paren", inner: right };
  if (operator === "or" && constantlyFalse.has(left.type)) return { type: "paren", inner: right };
  if (left.type !== "number" || right.type !== "number") return binary;
  if ((operator === "/" || operator === "%") && right.value === 0) return binary;
  const value = foldedValue(operator, left.value, right.value);
  return value === undefined || Number.isNaN(value) ? binary : { type: "number", value };
}

/** As {@link foldBinary}, for a minus and `not`. */
export function foldUnary(unary: Unary): Expression {
  const { operand, operator } = unary;
  if (operator === "not" && constantlyTrue.has(operand.type)) return { type: "false" };
  if (operator === "not" && constantlyFalse.has(operand.type)) return { type: "true" };
  if (operator === "-" && operand.type === "number" && !Number.isNaN(operand.value)) {
    return { type: "number", value: -operand.value };
  }
  return unary;
}

function foldedValue(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left - Math.floor(left / right) * right;
    case "^":
      return left ** right;
    default:
      return undefined;
  }
}
