import type { Msg } from "@nats-io/nats-core";
import { expect, test } from "vitest";

import { answer, deliveriesOf, extend } from "./answers.ts";

function messageWith(reply: string): { message: Msg; sent: string[] } {
  const sent: string[] = [];
  const respond = (payload: Uint8Array): boolean => sent.push(new TextDecoder().decode(payload)) > 0;
  return { message: { reply, respond } as unknown as Msg, sent };
}

test("each decision has its word in the protocol", () => {
  const { message, sent } = messageWith("");
  answer(message, "done");
  answer(message, { later: 0 });
  answer(message, { later: 1.5 });
  answer(message, { reject: "nobody can read it" });
  extend(message);
  expect(sent).toEqual(["+ACK", "-NAK", '-NAK {"delay":1500000}', "+TERM", "+WPI"]);
});

test.each([
  ["$JS.ACK.CORDUM_SYS.dur_q__s.3.10.20.1700000000.0", 3],
  ["$JS.ACK._.account.CORDUM_SYS.dur_q__s.4.10.20.1700000000.0.random", 4],
  ["_INBOX.something.else", 1],
])("deliveries in %s", (reply, deliveries) => {
  expect(deliveriesOf(messageWith(reply).message)).toBe(deliveries);
});
