import type { Bytes } from "../bytes.ts";
import type { Reply } from "./reply.ts";

/** A command that cannot be answered yet. */
export class Waiting {
  /** It is tried again when one of these keys changes, or, without keys, when a replica acknowledges. */
  readonly keys: readonly Bytes[];
  /** 0 waits forever. */
  readonly timeoutMs: number;
  /** Answers, if it can by now, and tells replicas itself what it did. */
  readonly attempt: () => Reply | undefined;
  /** The answer when the time is over. */
  readonly otherwise: () => Reply;

  constructor({ keys, timeoutMs, attempt, otherwise }: Waiting) {
    this.keys = keys;
    this.timeoutMs = timeoutMs;
    this.attempt = attempt;
    this.otherwise = otherwise;
  }
}
