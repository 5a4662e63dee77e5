import { describe, expect, test } from "vitest";

import { cluster, TestClient } from "./client.test-support.ts";

const ms = 1e6;
const patient = { batch: 10, expires: 3_600_000 * ms };

describe("when the leader dies", () => {
  test("nothing is stored and calls are refused until there is a new one; then everything goes on", () => {
    const { clock, nats } = cluster({ electionMs: () => 5_000 });
    const client = new TestClient(nats.node(1));
    client.prepare({}, { num_replicas: 3 });
    expect(client.store("1")).toEqual({ stream: "WORK", seq: 1 });
    expect(nats.leaderLost()).toBe(0);
    expect(nats.leader).toBeUndefined();
    expect(client.ask("work", "2")?.headers).toBe("NATS/1.0 503\r\n\r\n");
    expect(client.call("STREAM.INFO.WORK")).toHaveProperty("error.err_code", 10008);
    clock.advance(4_999);
    expect(client.ask("work", "2")?.headers).toBe("NATS/1.0 503\r\n\r\n");
    clock.advance(1);
    expect(nats.leader).not.toBe(0);
    expect(client.store("2")).toEqual({ stream: "WORK", seq: 2 });
    client.pull({ batch: 2 });
    expect(client.texts()).toEqual(["1", "2"]);
  });

  test("those who waited may be told, and otherwise hear nothing more", () => {
    for (const [noticeChance, told] of [
      [1, ["NATS/1.0 409 Leadership Change"]],
      [0, []],
    ] as const) {
      const { clock, nats } = cluster({ noticeChance });
      const client = new TestClient(nats.node(1));
      client.prepare();
      client.pull({ ...patient, idle_heartbeat: 1_000 * ms });
      nats.leaderLost();
      clock.advance(9_000);
      expect(client.texts()).toEqual(told);
      client.store("1");
      expect(client.texts()).toEqual([]);
    }
  });

  test("acknowledgements of the last moments are lost, and no message is", () => {
    const { clock, nats } = cluster({ flushAfterMs: 50 });
    const client = new TestClient(nats.node(1));
    client.prepare({ ack_wait: 10_000 * ms });
    for (const text of ["1", "2"]) client.store(text);
    client.pull({ batch: 1 });
    client.answer(client.take()[0], "+ACK");
    clock.advance(1_000);
    client.pull({ batch: 1 });
    client.answer(client.take()[0], "+ACK");
    nats.leaderLost();
    clock.advance(9_000);
    client.take();
    client.pull(patient);
    expect(client.texts()).toEqual(["2"]);
    expect(client.call("STREAM.INFO.WORK")).toHaveProperty("state.messages", 2);
  });

  test("its clients are cut off, and others are not", () => {
    const { nats } = cluster();
    const [first, second] = [new TestClient(nats.node(0)), new TestClient(nats.node(1))];
    for (const { session } of [first, second]) session.subscribe("news", "news");
    nats.leaderLost();
    second.session.publish({ subject: "news", payload: "1" });
    expect(first.texts()).toEqual([]);
    expect(second.texts()).toEqual(["1"]);
    expect(() => nats.node(0).connect({ deliver: () => undefined })).toThrow("dead");
  });
});

test("a follower that dies is not missed, but two are", () => {
  const { clock, nats } = cluster();
  const client = new TestClient(nats.node(0));
  client.prepare();
  nats.kill(1);
  expect(client.store("1")).toHaveProperty("seq", 1);
  nats.kill(2);
  clock.advance(60_000);
  expect(nats.leader).toBeUndefined();
  expect(client.ask("work", "2")?.headers).toContain("503");
  nats.start(2);
  clock.advance(9_000);
  expect(client.store("2")).toHaveProperty("seq", 2);
});
