import { createHash } from "node:crypto";

/** A message as a consumer got it. */
export interface UnreadableMessage {
  readonly stream: string;
  readonly subject: string;
  readonly body: string;
  readonly deliveries: number;
}

/** The dead letter of such a message, as the store of dead letters takes it. */
export interface UnreadableLetter {
  readonly id: string;
  readonly topic: string;
  readonly cause: string;
  readonly lastState: string;
  readonly attempts: number;
  readonly createdUnixMs: number;
}

/** Why a message is ended and dead-lettered that nobody can read. */
export const unreadable = "unreadable_message";

/**
 * The dead letter of a message that nobody can read. Its id is `msg:<stream>:<digest of subject and body>`, so that
 * the same message is one entry however often it is delivered.
 */
export function unreadableLetter(message: UnreadableMessage, createdUnixMs: number): UnreadableLetter {
  const { stream, subject, body, deliveries } = message;
  const digest = createHash("sha256").update(`${subject}\n${body}`).digest("hex").slice(0, 32);
  return {
    id: `msg:${stream}:${digest}`,
    topic: subject,
    cause: unreadable,
    lastState: "NONE",
    attempts: deliveries,
    createdUnixMs,
  };
}
