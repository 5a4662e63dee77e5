import { expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { server } from "./client.test-support.ts";
import type { NatsMessage } from "./engine.ts";
import { NatsServer } from "./server.ts";
import { VirtualClock } from "../../test/conformance/nats/virtual-clock.ts";

test("each message goes to one member of a queue group, chosen by the seed", () => {
  const orderOf = (seed: string): string => {
    const nats = new NatsServer({ clock: new VirtualClock(), random: seededRandom(seed) });
    const order: string[] = [];
    for (const name of ["a", "b", "c"]) {
      nats.connect({ deliver: () => void order.push(name) }).subscribe("1", "job", "workers");
    }
    const publisher = nats.connect({ deliver: () => undefined });
    for (let count = 0; count < 50; count++) publisher.publish({ subject: "job", payload: "" });
    return order.join("");
  };
  expect(orderOf("1")).toHaveLength(50);
  expect(new Set(orderOf("1"))).toEqual(new Set(["a", "b", "c"]));
  expect(orderOf("1")).toBe(orderOf("1"));
  expect(orderOf("1")).not.toBe(orderOf("2"));
});

test("a member that leaves gets nothing more, and the others get its share", () => {
  const { nats } = server();
  const heard: string[] = [];
  const [one] = ["a", "b"].map((name) => {
    const session = nats.connect({ deliver: () => void heard.push(name) });
    session.subscribe("1", "job", "workers");
    return session;
  });
  one!.close();
  const publisher = nats.connect({ deliver: () => undefined });
  for (let count = 0; count < 20; count++) publisher.publish({ subject: "job", payload: "" });
  expect(heard).toEqual(Array.from({ length: 20 }, () => "b"));
});

test("who publishes from within a delivery does so after it", () => {
  const { nats } = server();
  const order: string[] = [];
  const session = nats.connect({
    deliver(_, { subject }) {
      order.push(`begin ${subject}`);
      if (subject === "first") session.publish({ subject: "second", payload: "" });
      order.push(`end ${subject}`);
    },
  });
  session.subscribe("1", "*");
  session.publish({ subject: "first", payload: "" });
  expect(order).toEqual(["begin first", "end first", "begin second", "end second"]);
});

test("a client without headers gets none, and is not told that nobody listens", () => {
  const { nats } = server();
  const heard: NatsMessage[] = [];
  const session = nats.connect({ headers: false, deliver: (_, message) => void heard.push(message) });
  session.subscribe("1", "a");
  session.publish({ subject: "a", headers: "NATS/1.0\r\n\r\n", payload: "x" });
  session.publish({ subject: "nobody", reply: "a", payload: "" });
  expect(heard).toEqual([{ subject: "a", payload: "x" }]);
});

test("a message that is too large ends the connection", () => {
  const { nats } = server({ maxPayload: 10 });
  const closed: string[] = [];
  const session = nats.connect({ deliver: () => undefined, closed: (reason) => void closed.push(reason) });
  session.publish({ subject: "a", payload: "12345678901" });
  session.publish({ subject: "a", payload: "1" });
  expect(closed).toEqual(["Maximum Payload Violation"]);
});

test("what is not simulated is refused by name", () => {
  const { client } = server();
  const saysOf = (name: string, body?: unknown): string => JSON.stringify(client.call(name, body)["error"]);
  expect(saysOf("STREAM.SNAPSHOT.A")).toContain("seatrial: $JS.API.STREAM.SNAPSHOT.A is not simulated");
  expect(saysOf("DIRECT.GET.A")).toContain("DIRECT.GET.A is not simulated");
  expect(saysOf("STREAM.CREATE.A", { name: "A", mirror: { name: "B" } })).toContain("mirror of a stream");
  client.prepare();
  const push = { stream_name: "WORK", config: { deliver_subject: "x", ack_policy: "none" } };
  expect(saysOf("CONSUMER.CREATE.WORK", push)).toContain("seatrial: a push consumer is not simulated");
  const filtered = { durable_name: "c", ack_policy: "explicit", filter_subject: "work" };
  const update = { stream_name: "WORK", config: filtered };
  expect(saysOf("CONSUMER.CREATE.WORK.c", update)).toContain("seatrial: changing a consumer's filter is not simulated");
});
