import type { ValueName } from "../runtime/site.ts";
import type { Binary, Expression, Local } from "../syntax/ast.ts";
import { constantlyFalse, constantlyTrue } from "../syntax/fold.ts";

/** What a local variable is called in JavaScript. The `$` keeps it apart from every other name there. */
export function variableOf(local: Local): string {
  return `${local.name}$${local.id}`;
}

/** What Lua's messages call the value of an expression, if they have a name for it. */
export function nameOf(expression: Expression): ValueName | undefined {
  if (expression.type === "paren") return nameOf(expression.inner);
  if (expression.type === "global") return { kind: "global", name: expression.name };
  if (expression.type === "local") {
    return { kind: expression.isUpvalue ? "upvalue" : "local", name: expression.local.name };
  }
  if (expression.type === "binary") return nameOfChoice(expression);
  if (expression.type !== "index") return undefined;
  return { kind: "field", name: expression.key.type === "string" ? expression.key.value : "?" };
}

/**
 * Of `and` and `or`, Lua names the right-hand side if the first jump that it finds in its code leads there: it looks
 * at the code without running it.
 */
function nameOfChoice({ operator, left, right }: Binary): ValueName | undefined {
  if (operator === "and") return decided(left, false) ? nameOf(right) : undefined;
  return operator === "or" && !decided(left, true) ? nameOf(right) : undefined;
}

/** Which way a condition goes when every jump is taken. @param jump - what makes it jump where it stands */
function decided(condition: Expression, jump: boolean): boolean {
  if (condition.type === "paren") return decided(condition.inner, jump);
  if (constantlyTrue.has(condition.type)) return true;
  if (constantlyFalse.has(condition.type)) return false;
  if (condition.type === "unary" && condition.operator === "not") return !decided(condition.operand, !jump);
  if (condition.type !== "binary") return jump;
  const { operator, left, right } = condition;
  if (operator === "and") return decided(left, false) && decided(right, jump);
  return operator === "or" ? decided(left, true) || decided(right, jump) : jump;
}
