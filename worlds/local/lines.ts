import type { Readable } from "node:stream";

/**
 * The lines of a stream, until it ends or breaks. An unfinished last line is dropped: its writer died in mid-word.
 *
 * @param maxLength - characters in one line; a longer one ends the stream, since whoever writes it is no friend
 */
export async function* linesOf(stream: Readable, maxLength = 65_536): AsyncGenerator<string, void, undefined> {
  stream.setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of stream) {
      const lines = `${rest}${chunk as string}`.split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > maxLength) break;
      yield* lines;
    }
  } catch {
    // The connection broke: what it brought until then counts, and its owner sees the event `close`.
  }
}
