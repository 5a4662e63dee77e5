import type { Bytes } from "../bytes.ts";
import { ErrorReply } from "./reply.ts";

/** Ends a command with an error reply. The engine catches it; nothing outside ever sees it. */
export class Refusal extends Error {
  readonly reply: ErrorReply;

  /** @param text - as Redis words it, with its code in front: `ERR syntax error` */
  constructor(text: Bytes) {
    super(text);
    this.reply = new ErrorReply(text);
  }
}

/** What many commands say. Each is made once: a stack trace would cost more than the command. */
export const wrongType = new Refusal("WRONGTYPE Operation against a key holding the wrong kind of value");
export const syntaxError = new Refusal("ERR syntax error");
export const noSuchKey = new Refusal("ERR no such key");
export const notAnInteger = new Refusal("ERR value is not an integer or out of range");
export const notAFloat = new Refusal("ERR value is not a valid float");
export const notPositive = new Refusal("ERR value is out of range, must be positive");
export const outOfRange = new Refusal("ERR value is out of range");
export const indexOutOfRange = new Refusal("ERR index out of range");

/** A command was called with too few words, or too many. */
export function wrongArity(name: Bytes): Refusal {
  return new Refusal(`ERR wrong number of arguments for '${name}' command`);
}
