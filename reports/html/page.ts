import { createHash } from "node:crypto";

import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { style } from "./style.ts";

/** A page that needs nothing but itself. */
export interface Page {
  readonly title: string;
  /** Markup. */
  readonly body: string;
  /** Embedded as JSON, for the script and for whoever wants the numbers. */
  readonly data: unknown;
  readonly script?: string;
}

/**
 * One HTML file that loads nothing. Its content security policy forbids every request, and every script but the one
 * whose hash it names: even an escaping mistake could not run what a job id or an error text brings along.
 */
export function renderPage({ title, body, data, script = "" }: Page): string {
  const policy = `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; base-uri 'none'; form-action 'none'`;
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    element("title", {}, escapeMarkup(title)),
    `<style>${style}</style>`,
  ];
  const tail = [
    `<script type="application/json" id="data">${embedJson(data)}</script>`,
    ...(script === "" ? [] : [`<script>${script}</script>`]),
  ];
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.join("\n")}\n</head>\n<body>\n${body}\n${tail.join("\n")}\n</body>\n</html>\n`;
}

/** JSON that cannot end the script element it stands in, whatever its strings hold. */
function embedJson(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function hash(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}
