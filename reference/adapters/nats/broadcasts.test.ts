import { expect, test, vi } from "vitest";

import { useNats } from "../../../test/servers.ts";
import { busAt } from "./bus.test-support.ts";

const nats = useNats();
const patient = { timeout: 10_000, interval: 20 };

test("every replica that listens hears every broadcast, until it closes", async () => {
  await using bus = await busAt(nats.server.url);
  await using other = await busAt(nats.server.url);
  const [mine, theirs]: [string[], string[]] = [[], []];
  bus.listen("sys.heartbeat", (body, subject) => mine.push(`${subject} ${body}`));
  const listening = other.listen("sys.*", (body, subject) => theirs.push(`${subject} ${body}`));
  await vi.waitFor(() => {
    bus.broadcast("sys.heartbeat", "1");
    expect(theirs).toContain("sys.heartbeat 1");
  }, patient);
  listening.close();
  const heard = theirs.length;
  other.broadcast("sys.heartbeat", "2");
  await vi.waitFor(() => expect(mine).toContain("sys.heartbeat 2"), patient);
  expect(theirs).toHaveLength(heard);
});

test("a listener that throws is logged, and hears the next one", async () => {
  await using bus = await busAt(nats.server.url);
  const heard: string[] = [];
  bus.listen("worker.w1.cancel", (body) => {
    heard.push(body);
    throw new Error(`cannot bear ${body}`);
  });
  bus.broadcast("worker.w1.cancel", "1");
  bus.broadcast("worker.w1.cancel", "2");
  await vi.waitFor(() => expect(heard).toEqual(["1", "2"]), patient);
  expect(bus.logged.join()).toContain("cannot bear 2");
  expect(bus.connected()).toBe(true);
});

test("a broadcast after the end of the connection is dropped without a word to the caller", async () => {
  const bus = await busAt(nats.server.url);
  await bus.close();
  expect(() => bus.broadcast("sys.heartbeat", "1")).not.toThrow();
  expect(bus.logged.join()).toContain("dropped");
});
