/** CI systems cut or refuse summaries; this one stays below what the common ones take. */
export const summaryBytesMax = 64 * 1_024;

const note = "_The rest did not fit into this summary: see the HTML report._";

/** Joins parts to a document, as many from the front as fit; what is left out is said. */
export function joinWithin(parts: readonly string[], bytesMax = summaryBytesMax): string {
  const kept: string[] = [];
  let bytes = Buffer.byteLength(note) + 2;
  for (const part of parts) {
    bytes += Buffer.byteLength(part) + 2;
    if (bytes > bytesMax) return `${[...kept, note].join("\n\n")}\n`;
    kept.push(part);
  }
  return `${kept.join("\n\n")}\n`;
}
