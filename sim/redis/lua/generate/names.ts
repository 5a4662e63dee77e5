import type { ValueName } from "../runtime/site.ts";
import type { Expression, Local } from "../syntax/ast.ts";

/** What a local variable is called in JavaScript. The `$` keeps it apart from every other name there. */
export function variableOf(local: Local): string {
  return `${local.name}$${local.id}`;
}

/** What Lua's messages call the value of an expression, if they have a name for it. */
export function nameOf(expression: Expression): ValueName | undefined {
  switch (expression.type) {
    case "local":
      return { kind: expression.isUpvalue ? "upvalue" : "local", name: expression.local.name };
    case "global":
      return { kind: "global", name: expression.name };
    case "index":
      return { kind: "field", name: expression.key.type === "string" ? expression.key.value : "?" };
    case "paren":
      return nameOf(expression.inner);
    default:
      return undefined;
  }
}
