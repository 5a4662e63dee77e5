import { plain } from "../plain-text.ts";
import type { GateItem, GateResult } from "./gate-result.ts";
import { blindSentence, worstItemsFirst } from "./words.ts";

/** GitHub shows no more of a kind for one step. */
const eachMax = 10;

/**
 * GitHub's annotations, one line each: an error for what decides, a warning for what advises, and one for the
 * rules that noise made blind. The worst come first, since those beyond the tenth are lost.
 */
export function renderAnnotations({ items }: Pick<GateResult, "items">): string[] {
  const wanting = worstItemsFirst(items).filter(({ status }) => status !== "passed");
  const lines = (kind: "error" | "warning"): string[] =>
    wanting
      .filter(({ blocking }) => blocking === (kind === "error"))
      .slice(0, eachMax)
      .map((item) => annotation(kind, item));
  const blind = blindSentence(items).map((sentence) => line("warning", "passed blindly", sentence));
  return [...lines("error"), ...[...blind, ...lines("warning")].slice(0, eachMax)];
}

function annotation(kind: string, { status, name, scenario, summary }: GateItem): string {
  return line(kind, `${status}: ${plain(name, 200)} (${plain(scenario, 100)})`, summary);
}

function line(kind: string, title: string, message: string): string {
  return `::${kind} title=${propertyOf(title)}::${messageOf(plain(message, 1_000))}`;
}

/** A workflow command ends with its line, and `%` begins an escape. */
function messageOf(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** In a property, `:` and `,` would begin the next part. */
function propertyOf(text: string): string {
  return messageOf(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
