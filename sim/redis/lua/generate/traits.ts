import type { Expression } from "../syntax/ast.ts";

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "^"]);
const comparisons: ReadonlySet<string> = new Set(["==", "~=", "<", ">", "<=", ">="]);

/** It can give any number of values. */
export function isOpen(expression: Expression | undefined): boolean {
  return expression?.type === "call" || expression?.type === "method" || expression?.type === "vararg";
}

/** Reading it twice is as good as once, and nothing can happen in between. */
export function isPlain(expression: Expression): boolean {
  switch (expression.type) {
    case "local":
    case "nil":
    case "true":
    case "false":
    case "number":
    case "string":
      return true;
    case "paren":
      return isPlain(expression.inner);
    default:
      return false;
  }
}

/** It is a number, whatever happens. */
export function isNumeric(expression: Expression): boolean {
  switch (expression.type) {
    case "number":
      return true;
    case "local":
      return expression.local.isNumber && !expression.local.assigned;
    case "paren":
      return isNumeric(expression.inner);
    case "binary":
      return arithmetic.has(expression.operator) && isNumeric(expression.left) && isNumeric(expression.right);
    case "unary":
      return expression.operator === "#" || (expression.operator === "-" && isNumeric(expression.operand));
    default:
      return false;
  }
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
  switch (expression.type) {
    case "call":
    case "method":
      return true;
    case "paren":
      return callsSomething(expression.inner);
    case "index":
      return callsSomething(expression.object) || callsSomething(expression.key);
    case "binary":
      return callsSomething(expression.left) || callsSomething(expression.right);
    case "unary":
      return callsSomething(expression.operand);
    case "table":
      return expression.items.some(({ key, value }) => (key && callsSomething(key)) || callsSomething(value));
    default:
      return false;
  }
}
