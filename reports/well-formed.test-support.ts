const forbidden = /[\p{Cc}\ufffe\uffff]/u;
const token = /<\/([\w-]+)>|<([\w-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<\?xml [^?]*\?>|[^<]+/gy;
const entity = /&(?:#\d+|#x[0-9a-f]+|amp|lt|gt|quot|apos);/gi;

/**
 * What keeps a text from being a well-formed XML document, or nothing: every tag is closed by its own, attributes are
 * quoted and unique, references are known, no character is forbidden.
 *
 * It knows what the reports write, and takes neither comments nor CDATA sections.
 */
export function flawOf(document: string): string | undefined {
  if (forbidden.test(document.replace(/[\t\r\n]/g, "")) || !document.isWellFormed()) return "a forbidden character";
  const open: string[] = [];
  let end = 0;
  for (const match of document.matchAll(token)) {
    const flaw = tagFlaw(match, open) ?? textFlaw(match[0]);
    if (flaw) return flaw;
    end = match.index + match[0].length;
  }
  if (end < document.length) return `no markup at ${end}: ${document.slice(end, end + 80)}`;
  return open.length > 0 ? `<${open.at(-1)}> is not closed` : undefined;
}

function tagFlaw(
  [, closing, opening, attributes = "", selfClosing]: RegExpMatchArray,
  open: string[],
): string | undefined {
  if (closing !== undefined && open.pop() !== closing) return `</${closing}> closes nothing`;
  const names = [...attributes.matchAll(/([\w:-]+)="/g)].map((match) => match[1]);
  if (new Set(names).size < names.length) return `an attribute twice in <${opening}>`;
  if (opening !== undefined && selfClosing === "") open.push(opening);
  return undefined;
}

function textFlaw(text: string): string | undefined {
  return text.replace(entity, "").includes("&") ? `a bare & in ${text.slice(0, 80)}` : undefined;
}
