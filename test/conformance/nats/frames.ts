/** What a server says to a client: a message, an error, or one of the short words. */
export interface Frame {
  /** `MSG`, `-ERR`, `PONG` and the like. */
  readonly what: string;
  /** The rest of its line, or the id of the subscription. */
  readonly to: string;
  readonly subject?: string;
  readonly reply?: string;
  readonly headers?: string;
  readonly payload?: string;
}

/** Takes what a server says apart, in whatever pieces it comes. */
export class FrameReader {
  #unread = "";

  read(bytes: string): Frame[] {
    this.#unread += bytes;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | undefined {
    const end = this.#unread.indexOf("\r\n");
    if (end < 0) return undefined;
    const [what = "", ...words] = this.#unread.slice(0, end).split(/ +/);
    const frame =
      what === "MSG" || what === "HMSG" ? this.#message(end + 2, words, what) : { what, to: words.join(" ") };
    if (frame && !("payload" in frame)) this.#unread = this.#unread.slice(end + 2);
    return frame;
  }

  #message(start: number, words: readonly string[], what: "MSG" | "HMSG"): Frame | undefined {
    const sizes = what === "MSG" ? 1 : 2;
    const [subject = "", sid = "", reply] = words.slice(0, -sizes);
    const [size = 0, headerSize = 0] = words.slice(-sizes).map(Number).toReversed();
    if (this.#unread.length < start + size + 2) return undefined;
    const body = this.#unread.slice(start, start + size);
    this.#unread = this.#unread.slice(start + size + 2);
    return {
      ...{ what: "MSG", to: sid, subject, payload: body.slice(headerSize) },
      ...(reply === undefined ? {} : { reply }),
      ...(headerSize > 0 ? { headers: body.slice(0, headerSize) } : {}),
    };
  }
}
