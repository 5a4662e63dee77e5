import { codeLines } from "../code-lines.ts";
import { plain } from "../plain-text.ts";

/** Escapes a text for one line of Markdown (CommonMark with GitHub's tables and autolinks). */
export function escapeMarkdown(text: string, longest?: number): string {
  return plain(text, longest)
    .replace(/[\\`*_{}[\]<>#|~!&$]/g, String.raw`\$&`)
    .replace(/:\/\//g, String.raw`\://`)
    .replace(/\bwww\./gi, String.raw`www\.`)
    .replace(/^(\s*)([-+=])/, String.raw`$1\$2`)
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, String.raw`$1\$2`);
}

/** A text to be shown literally, in a fence that it cannot close. */
export function codeFence(text: string): string {
  const content = codeLines(text).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}text\n${content}\n${fence}`;
}

/** The same within a line. */
export function codeSpan(text: string, longest = 200): string {
  const content = plain(text, longest);
  const backticks = longestRun(content);
  const fence = "`".repeat(backticks + 1);
  const padding = backticks === 0 ? "" : " ";
  return `${fence}${padding}${content}${padding}${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
