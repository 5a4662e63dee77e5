import { describe, expect, test } from "vitest";

import { server, type Json } from "../client.test-support.ts";

const ms = 1e6;
const patient = { batch: 100, expires: 3_600_000 * ms };

describe("the acknowledgement wait", () => {
  test("what is not acknowledged comes again after it, and then again", () => {
    const { clock, client } = server();
    client.prepare({ ack_wait: 1_000 * ms });
    client.store("1");
    client.pull(patient);
    expect(client.texts()).toEqual(["1"]);
    clock.advance(999);
    expect(client.texts()).toEqual([]);
    clock.advance(3);
    const [again] = client.take();
    expect(again?.reply).toContain("$JS.ACK.WORK.c.2.1.2.");
    clock.advance(1_002);
    expect(client.texts()).toEqual(["1"]);
  });

  test("each message has a wait of its own", () => {
    const { clock, client } = server();
    client.prepare({ ack_wait: 1_000 * ms });
    client.pull(patient);
    client.store("1");
    clock.advance(30);
    client.store("2");
    client.take();
    clock.advance(990);
    expect(client.texts()).toEqual(["1"]);
    clock.advance(20);
    expect(client.texts()).toEqual(["2"]);
  });

  test("in progress begins it anew, and an acknowledgement ends it", () => {
    const { clock, client } = server();
    client.prepare({ ack_wait: 1_000 * ms });
    client.store("1");
    client.pull(patient);
    const [first] = client.take();
    clock.advance(900);
    client.answer(first, "+WPI");
    clock.advance(900);
    expect(client.texts()).toEqual([]);
    client.answer(first, "+ACK");
    clock.advance(10_000);
    expect(client.texts()).toEqual([]);
    expect(client.info()).toMatchObject({ num_ack_pending: 0, ack_floor: { consumer_seq: 1, stream_seq: 1 } });
  });

  test("handed back for a while, a message comes after that while", () => {
    const { clock, client } = server();
    client.prepare({ ack_wait: 30_000 * ms });
    client.store("1");
    client.pull(patient);
    const [first] = client.take();
    client.answer(first, `-NAK {"delay":${5_000 * ms}}`);
    clock.advance(4_990);
    expect(client.texts()).toEqual([]);
    clock.advance(20);
    expect(client.texts()).toEqual(["1"]);
  });
});

test("a backoff gives each delivery a wait of its own, and the last one stays", () => {
  const { clock, client } = server();
  client.prepare({ backoff: [100 * ms, 1_000 * ms, 5_000 * ms], max_deliver: 5 });
  client.store("1");
  client.pull(patient);
  const moments: number[] = [];
  for (let elapsedMs = 0; elapsedMs < 20_000; elapsedMs += 10) {
    if (client.texts().length > 0) moments.push(elapsedMs);
    clock.advance(10);
  }
  const gaps = moments.slice(1).map((moment, index) => Math.round((moment - moments[index]!) / 100) * 100);
  expect(gaps).toEqual([100, 1_000, 5_000, 5_000]);
});

test("after as many deliveries as allowed there is one advisory, and no delivery", () => {
  const { clock, client } = server();
  client.prepare({ ack_wait: 100 * ms, max_deliver: 3 });
  client.session.subscribe("advisories", "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>");
  client.store("1");
  client.pull(patient);
  clock.advance(10_000);
  const heard = client.take();
  expect(heard.filter(({ payload }) => payload === "1")).toHaveLength(3);
  const advisories = heard.filter(({ subject }) => subject.startsWith("$JS.EVENT"));
  expect(advisories.map(({ subject }) => subject)).toEqual(["$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.WORK.c"]);
  expect(JSON.parse(advisories[0]!.payload)).toMatchObject({
    stream: "WORK",
    consumer: "c",
    stream_seq: 1,
    deliveries: 3,
  });
});

test("a message id is a duplicate within the window, and no longer", () => {
  const { clock, client } = server();
  client.prepare({}, { duplicate_window: 2_000 * ms });
  expect(client.store("1", "one")).toEqual({ stream: "WORK", seq: 1 });
  clock.advance(1_999);
  expect(client.store("1", "one")).toEqual({ stream: "WORK", seq: 1, duplicate: true });
  clock.advance(1);
  expect(client.store("1", "one")).toEqual({ stream: "WORK", seq: 2 });
});

test("messages go when they are too old, one after the other", () => {
  const { clock, client } = server();
  client.prepare({}, { max_age: 1_000 * ms, duplicate_window: 100 * ms });
  client.store("1");
  clock.advance(400);
  client.store("2");
  const left = (): Json => client.call("STREAM.INFO.WORK");
  clock.advance(599);
  expect(left()).toHaveProperty("state.messages", 2);
  clock.advance(1);
  expect(left()).toHaveProperty("state.messages", 1);
  clock.advance(400);
  expect(left()).toHaveProperty("state.messages", 0);
  expect(client.store("3")).toEqual({ stream: "WORK", seq: 3 });
});

test("a request ends when it expires, and says so", () => {
  const { clock, client } = server();
  client.prepare();
  client.pull({ batch: 5, expires: 1_000 * ms, idle_heartbeat: 300 * ms });
  clock.advance(999);
  expect(client.texts()).toEqual(Array.from({ length: 3 }, () => "NATS/1.0 100 Idle Heartbeat"));
  clock.advance(1);
  expect(client.texts()).toEqual(["NATS/1.0 408 Request Timeout"]);
  client.store("1");
  expect(client.texts()).toEqual([]);
});

test("an ephemeral consumer goes when nobody has used it for its threshold, and not before", () => {
  const { clock, client } = server();
  client.call("STREAM.CREATE.WORK", { name: "WORK", subjects: ["work"] });
  client.call("CONSUMER.CREATE.WORK.c", { stream_name: "WORK", config: { inactive_threshold: 2_000 * ms } });
  client.pull({ batch: 1, expires: 10_000 * ms });
  clock.advance(9_000);
  expect(client.info()).toHaveProperty("name", "c");
  clock.advance(10_000);
  expect(client.info()).toHaveProperty("error.description", "consumer not found");
});

describe("what an idle server does", () => {
  test("twenty consumers that are asked with a heartbeat of a second have a timer each, which rings once a second", () => {
    const { clock, client } = server();
    client.call("STREAM.CREATE.WORK", { name: "WORK", subjects: ["work.*"] });
    for (let index = 0; index < 20; index++) {
      const config = { durable_name: `c${index}`, ack_policy: "explicit", filter_subject: `work.${index}` };
      client.call(`CONSUMER.CREATE.WORK.c${index}`, { stream_name: "WORK", config });
      const payload = JSON.stringify({ batch: 10, expires: 30_000 * ms, idle_heartbeat: 1_000 * ms });
      const subject = `$JS.API.CONSUMER.MSG.NEXT.WORK.c${index}`;
      client.session.publish({ subject, reply: `_PULL.${index}`, payload });
    }
    expect(clock.pending).toBe(20);
    clock.advance(10_000);
    expect(clock.pending).toBe(20);
    expect(client.take()).toHaveLength(200);
  });

  test("a thousand messages that wait for their acknowledgement have one timer", () => {
    const { clock, client } = server();
    client.prepare({ max_ack_pending: 2_000 });
    client.pull({ batch: 1_000 });
    for (let count = 0; count < 1_000; count++) client.store(`${count}`);
    expect(client.info()).toHaveProperty("num_ack_pending", 1_000);
    expect(clock.pending).toBe(1);
    for (const message of client.take()) client.answer(message, "+ACK");
    clock.advance(60_000);
    expect(clock.pending).toBe(0);
  });
});
