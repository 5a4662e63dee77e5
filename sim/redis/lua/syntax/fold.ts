import type { Binary, Expression, Unary } from "./ast.ts";

/** Arithmetic of two numbers as the compiler of Lua does it ahead of time: all but divisions by zero and NaN. */
export function foldBinary(binary: Binary): Expression {
  const { left, right, operator } = binary;
  if (left.type !== "number" || right.type !== "number") return binary;
  if ((operator === "/" || operator === "%") && right.value === 0) return binary;
  const value = foldedValue(operator, left.value, right.value);
  return value === undefined || Number.isNaN(value) ? binary : { type: "number", value };
}

export function foldUnary(unary: Unary): Expression {
  const { operand, operator } = unary;
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
