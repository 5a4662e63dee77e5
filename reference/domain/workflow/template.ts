import { evaluate, type Scope } from "./expression.ts";
import { isPlainObject } from "./json-value.ts";

/** A piece of a text: as it stands, or the value of an expression. */
export type TemplatePart = { readonly text: string } | { readonly expression: string };

/**
 * An input with the expressions of its texts evaluated. A text that is one `${...}` becomes the value itself; in any
 * other, each `${...}` becomes text: objects and lists as JSON. `$${` stands for `${`. Keys are left as they are.
 *
 * @throws ExpressionFailed
 */
export function render(input: unknown, scope: Scope): unknown {
  if (typeof input === "string") return renderText(input, scope);
  if (Array.isArray(input)) return input.map((item) => render(item, scope));
  if (!isPlainObject(input)) return input;
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, render(value, scope)]));
}

/** The pieces of a text. Nothing if a `${` in it is never closed. */
export function templateParts(text: string): TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (let open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
    const isEscaped = text[open - 1] === "$";
    const close = isEscaped ? open + 2 : endOfExpression(text, open + 2);
    if (close === undefined) return undefined;
    if (isEscaped) parts.push({ text: `${text.slice(at, open - 1)}\${` });
    else parts.push({ text: text.slice(at, open) }, { expression: text.slice(open + 2, close) });
    at = isEscaped ? close : close + 1;
  }
  return [...parts, { text: text.slice(at) }].filter((part) => !("text" in part) || part.text !== "");
}

function renderText(text: string, scope: Scope): unknown {
  const parts = templateParts(text);
  if (!parts) throw new Error("a definition was not checked: a template is not closed");
  const [only] = parts;
  if (parts.length === 1 && only && "expression" in only) return evaluate(only.expression, scope);
  return parts.map((part) => ("text" in part ? part.text : asText(evaluate(part.expression, scope)))).join("");
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A quoted text, a brace, or anything else: braces within quotes close nothing. */
const token = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{}"']|[^{}"']+/y;

/** Where the brace is that closes the expression which begins at `start`. */
function endOfExpression(text: string, start: number): number | undefined {
  let open = 1;
  token.lastIndex = start;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === "{") open += 1;
    if (found[0] === "}") open -= 1;
    if (open === 0) return found.index;
  }
  return undefined;
}
