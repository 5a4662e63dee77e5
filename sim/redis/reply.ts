import type { Bytes } from "../bytes.ts";

/** A status reply: `+OK`. */
export class Status {
  readonly text: Bytes;

  constructor(text: Bytes) {
    this.text = text;
  }
}

/** An error reply: `-ERR wrong number of arguments`, with its code in front. */
export class ErrorReply {
  readonly text: Bytes;

  constructor(text: Bytes) {
    this.text = text;
  }
}

/** What Redis answers, in RESP2: a bulk string, an integer (64 bits), nothing, a status, an error, or a list. */
export type Reply = Bytes | number | bigint | null | Status | ErrorReply | readonly Reply[];

/** `+OK` */
export const ok = new Status("OK");
