import { plain } from "../plain-text.ts";
import type { GateItem, GateResult } from "./gate-result.ts";
import { worstItemsFirst } from "./words.ts";

/** GitHub shows no more of a kind for one step. */
const eachMax = 10;

/**
 * GitHub's annotations, one line each: an error for what decides, a warning for what advises. The worst come first,
 * since those beyond the tenth are lost.
 */
export function renderAnnotations({ items }: Pick<GateResult, "items">): string[] {
  const wanting = worstItemsFirst(items).filter(({ status }) => status !== "passed");
  const lines = (kind: "error" | "warning"): string[] =>
    wanting
      .filter(({ blocking }) => blocking === (kind === "error"))
      .slice(0, eachMax)
      .map((item) => annotation(kind, item));
  return [...lines("error"), ...lines("warning")];
}

function annotation(kind: string, { status, name, scenario, summary }: GateItem): string {
  const title = propertyOf(`${status}: ${plain(name, 200)} (${plain(scenario, 100)})`);
  return `::${kind} title=${title}::${messageOf(plain(summary, 1_000))}`;
}

/** A workflow command ends with its line, and `%` begins an escape. */
function messageOf(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** In a property, `:` and `,` would begin the next part. */
function propertyOf(text: string): string {
  return messageOf(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
