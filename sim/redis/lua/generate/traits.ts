import type { Expression } from "../syntax/ast.ts";

/** The operators that compute with numbers. */
export const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "^"]);
const comparisons: ReadonlySet<string> = new Set(["==", "~=", "<", ">", "<=", ">="]);

/** It can give any number of values. */
export function isOpen(expression: Expression | undefined): boolean {
  return expression?.type === "call" || expression?.type === "method" || expression?.type === "vararg";
}

const plainTypes: ReadonlySet<string> = new Set(["local", "nil", "true", "false", "number", "string"]);

/** Reading it twice is as good as once, and nothing can happen in between. */
export function isPlain(expression: Expression): boolean {
  return expression.type === "paren" ? isPlain(expression.inner) : plainTypes.has(expression.type);
}

/** It is a number, whatever happens. */
export function isNumeric(expression: Expression): boolean {
  if (expression.type === "number") return true;
  if (expression.type === "local") return expression.local.isNumber && !expression.local.assigned;
  if (expression.type === "paren") return isNumeric(expression.inner);
  if (expression.type === "unary") {
    return expression.operator === "#" || (expression.operator === "-" && isNumeric(expression.operand));
  }
  if (expression.type !== "binary" || !arithmetic.has(expression.operator)) return false;
  return isNumeric(expression.left) && isNumeric(expression.right);
}

/** It is true or false, whatever happens. */
export function isBoolean(expression: Expression): boolean {
  if (expression.type === "true" || expression.type === "false") return true;
  if (expression.type === "paren") return isBoolean(expression.inner);
  if (expression.type === "unary") return expression.operator === "not";
  return expression.type === "binary" && comparisons.has(expression.operator);
}

/** Evaluating it calls a function of the script or the library by name. */
export function callsSomething(expression: Expression): boolean {
  return isCall(expression) || partsOf(expression).some(callsSomething);
}

function isCall({ type }: Expression): boolean {
  return type === "call" || type === "method";
}

function partsOf(expression: Expression): readonly Expression[] {
  if (expression.type === "paren") return [expression.inner];
  if (expression.type === "index") return [expression.object, expression.key];
  if (expression.type === "binary") return [expression.left, expression.right];
  if (expression.type === "unary") return [expression.operand];
  if (expression.type !== "table") return [];
  return expression.items.flatMap(({ key, value }) => (key ? [key, value] : [value]));
}
