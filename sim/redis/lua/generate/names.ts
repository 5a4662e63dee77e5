import type { ValueName } from "../runtime/site.ts";
import type { Expression, Local } from "../syntax/ast.ts";

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
  if (expression.type !== "index") return undefined;
  return { kind: "field", name: expression.key.type === "string" ? expression.key.value : "?" };
}
