/**
 * Controls, marks without a shape (they turn the reading direction, or hide), line separators and non-characters:
 * they move cursors, break XML, or make one text look like another.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/**
 * A text from outside (a job id, an error, an answer) made safe to show in any format: what cannot be seen becomes
 * visible, line breaks become spaces, and it has an end.
 *
 * Each format still escapes its own syntax on top.
 */
export function plain(text: string, longest = 400): string {
  const clipped = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return clipped
    .toWellFormed()
    .replace(/\s*\r?\n\s*/g, " ")
    .replace(unsafe, visible);
}

/** Escapes a text for HTML, SVG and XML, in content and in quoted attributes. */
export function escapeMarkup(text: string, longest?: number): string {
  return plain(text, longest).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function visible(character: string): string {
  return character === "\t" ? " " : `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`;
}
