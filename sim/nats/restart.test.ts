import { describe, expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { server, TestClient } from "./client.test-support.ts";
import type { NatsDisk } from "./jetstream/disk-image.ts";
import { NatsServer } from "./server.ts";
import type { VirtualClock } from "../../test/conformance/nats/virtual-clock.ts";

const ms = 1e6;
const patient = { batch: 10, expires: 3_600_000 * ms };

function restart(clock: VirtualClock, disk: NatsDisk): TestClient {
  return new TestClient(new NatsServer({ clock, random: seededRandom("again"), disk }));
}

describe("after a kill", () => {
  test("every stored message is there, and its id is still known", () => {
    const { clock, nats, client } = server();
    client.prepare();
    client.store("1", "one");
    client.store("2", "two");
    const again = restart(clock, nats.kill());
    expect(again.store("2", "two")).toEqual({ stream: "WORK", seq: 2, duplicate: true });
    expect(again.store("3", "three")).toEqual({ stream: "WORK", seq: 3 });
    clock.advance(120_000);
    expect(again.store("2", "two")).toEqual({ stream: "WORK", seq: 4 });
  });

  test("what was delivered and acknowledged in the last moments comes again, as if for the first time", () => {
    const { clock, nats, client } = server({ flushAfterMs: 250 });
    client.prepare();
    client.store("1");
    client.pull({ batch: 1 });
    client.answer(client.take()[0], "+ACK");
    clock.advance(1_000);
    client.store("2");
    client.pull({ batch: 1 });
    client.answer(client.take()[0], "+ACK");
    clock.advance(100);
    const again = restart(clock, nats.kill());
    again.pull(patient);
    const [message] = again.take();
    expect(message).toMatchObject({ payload: "2" });
    expect(message?.reply).toContain("$JS.ACK.WORK.c.1.2.2.");
  });

  test("what was on disk by then is not delivered again", () => {
    const { clock, nats, client } = server({ flushAfterMs: 250 });
    client.prepare();
    client.store("1");
    client.pull({ batch: 1 });
    client.answer(client.take()[0], "+ACK");
    clock.advance(250);
    const again = restart(clock, nats.kill());
    again.pull(patient);
    expect(again.texts()).toEqual([]);
  });

  test("what was delivered and not acknowledged comes again when its wait is over", () => {
    const { clock, nats, client } = server();
    client.prepare({ ack_wait: 10_000 * ms });
    client.store("1");
    client.pull({ batch: 1 });
    clock.advance(5_000);
    const again = restart(clock, nats.kill());
    again.pull(patient);
    expect(again.texts()).toEqual([]);
    clock.advance(5_100);
    expect(again.take()[0]?.reply).toContain("$JS.ACK.WORK.c.2.1.2.");
  });

  test("the dead server does nothing more, and its timers are gone", () => {
    const { clock, nats, client } = server();
    client.prepare({ ack_wait: 1_000 * ms }, { max_age: 60_000 * ms, duplicate_window: 1_000 * ms });
    client.store("1");
    client.pull(patient);
    client.take();
    nats.kill();
    expect(clock.pending).toBe(0);
    client.session.publish({ subject: "work", payload: "2" });
    clock.advance(10_000);
    expect(client.take()).toEqual([]);
  });

  test("a stream in memory is gone", () => {
    const { clock, nats, client } = server();
    client.prepare({}, { storage: "memory" });
    const again = restart(clock, nats.kill());
    expect(again.call("STREAM.NAMES")).toMatchObject({ streams: null });
  });
});

test("after an orderly stop nothing is delivered again", () => {
  const { clock, nats, client } = server();
  client.prepare();
  client.store("1");
  client.pull({ batch: 1 });
  client.answer(client.take()[0], "+ACK");
  const again = restart(clock, nats.stop());
  again.pull(patient);
  expect(again.texts()).toEqual([]);
});
