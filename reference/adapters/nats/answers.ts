import { nanos } from "@nats-io/nats-core";

import type { Disposition } from "../../ports/mod.ts";
import type { NatsMsg } from "./nats-client.ts";

const encoder = new TextEncoder();
const acknowledged = encoder.encode("+ACK");
const handedBack = encoder.encode("-NAK");
const inProgress = encoder.encode("+WPI");
const terminated = encoder.encode("+TERM");

/** Tells the stream what was decided about a message. */
export function answer(message: NatsMsg, disposition: Disposition): void {
  message.respond(payloadOf(disposition));
}

/** Tells the stream that the message is still being worked on: its acknowledgement wait begins anew. */
export function extend(message: NatsMsg): void {
  message.respond(inProgress);
}

/** A bare `+TERM`: servers before 2.10.4 ignore one that names its reason. */
function payloadOf(disposition: Disposition): Uint8Array {
  if (disposition === "done") return acknowledged;
  if ("reject" in disposition) return terminated;
  if (disposition.later <= 0) return handedBack;
  return encoder.encode(`-NAK {"delay":${nanos(disposition.later)}}`);
}

/**
 * How often the message has been delivered, this time included: a token of its reply subject, which is
 * `$JS.ACK.<stream>.<consumer>.<deliveries>…`, or `$JS.ACK.<domain>.<account>.<stream>.<consumer>.<deliveries>…` from
 * eleven tokens on.
 */
export function deliveriesOf(message: NatsMsg): number {
  const tokens = (message.reply ?? "").split(".");
  return Number(tokens[tokens.length >= 11 ? 6 : 4]) || 1;
}
