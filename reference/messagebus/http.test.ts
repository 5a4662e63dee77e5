import { afterEach, expect, test } from "vitest";

import type { Running } from "../running.ts";
import { busOnTrial, type BusOnTrial } from "./bus-on-trial.test-support.ts";
import { promBusMetrics, startBusHttp, type MessageBusOptions } from "./mod.ts";

let running: Running | undefined;
afterEach(() => running?.stop());

interface Served extends BusOnTrial {
  send(method: "GET" | "POST", path: string, body?: unknown): Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown> & { error?: { code: string; message: string } };
}

async function served(options: Partial<MessageBusOptions> = {}): Promise<Served> {
  const trial = busOnTrial({ shards: 1, retriesMax: 0, ...options });
  running = await startBusHttp({ bus: trial.bus, port: 0 });
  const { url } = running;
  return {
    ...trial,
    async send(method, path, body) {
      const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
      const headers = text === undefined ? {} : { "content-type": "application/json" };
      const answer = await fetch(`${url}${path}`, { method, headers, ...(text === undefined ? {} : { body: text }) });
      const { status } = answer;
      return { status, retryAfter: answer.headers.get("retry-after"), body: (await answer.json()) as Answer["body"] };
    },
  };
}

test("a message is accepted with 202 and delivered, and its duplicate gets the same id", async () => {
  const { bus, send } = await served();
  const seen: unknown[] = [];
  bus.subscribe("a", async ({ payload, priority }) => void seen.push([payload, priority]));
  const message = { topic: "a", payload: { n: 1 }, priority: 7, idempotencyKey: "k", client: "c" };
  const first = await send("POST", "/messages", message);
  expect(first).toMatchObject({ status: 202, body: { id: expect.any(String), shard: 0, duplicate: false } });
  expect(await send("POST", "/messages", message)).toMatchObject({
    ...{ status: 202, body: { id: first.body["id"], duplicate: true } },
  });
  expect(seen).toEqual([[{ n: 1 }, 7]]);
});

test("a shard that is 80 % full answers 429 with Retry-After, and 202 again below 50 %", async () => {
  const { bus, send, held, holding } = await served({ queueSizeMax: 10, workersPerShard: 1 });
  bus.subscribe("a", holding);
  const statuses: number[] = [];
  for (let count = 0; count < 10; count++) statuses.push((await send("POST", "/messages", { topic: "a" })).status);
  expect(statuses).toEqual([202, 202, 202, 202, 202, 202, 202, 202, 202, 429]);
  const refused = await send("POST", "/messages", { topic: "a" });
  expect(refused).toMatchObject({ status: 429, retryAfter: "1", body: { error: { code: "backpressure", shard: 0 } } });
  for (let count = 0; count < 4; count++) {
    held[0]?.take();
    await send("GET", "/stats");
  }
  expect(await send("POST", "/messages", { topic: "a" })).toMatchObject({ status: 202 });
});

test("too large is 413, from the bus and from the server; paused and stopped are 503", async () => {
  const { bus, send } = await served();
  const mebibyte = "x".repeat(1_048_574);
  expect(await send("POST", "/messages", { topic: "a", payload: mebibyte })).toMatchObject({ status: 202 });
  const larger = [`${mebibyte}x`, mebibyte + mebibyte];
  for (const payload of larger) {
    const answer = await send("POST", "/messages", { topic: "a", payload });
    expect(answer).toMatchObject({ status: 413, retryAfter: null, body: { error: { code: "payload_too_large" } } });
  }
  bus.pause(0);
  expect(await send("POST", "/messages", { topic: "a" })).toMatchObject({ body: { error: { code: "shard_paused" } } });
  await bus.stop({ withinMs: 0 });
  expect(await send("POST", "/messages", { topic: "a" })).toMatchObject({ status: 503 });
});

test.each([
  ["no topic", { payload: 1 }],
  ["a number as topic", { topic: 5 }],
  ["a text as priority", { topic: "a", priority: "5" }],
  ["a priority beyond all bounds", '{"topic":"a","priority":1e999}'],
  ["a field that nobody knows", { topic: "a", prio: 5 }],
  ["a topic that is too long", { topic: "x".repeat(257) }],
  ["no JSON", '{"topic":'],
  ["a list", []],
])("%s is 400", async (_what, body) => {
  const { send, bus } = await served();
  expect(await send("POST", "/messages", body)).toMatchObject({
    ...{ status: 400, body: { error: { code: "invalid_request", message: expect.any(String) } } },
  });
  expect(bus.stats().ledger.accepted).toBe(0);
});

test("dead letters can be looked at and replayed", async () => {
  const { bus, send } = await served();
  for (const payload of [1, 2]) await send("POST", "/messages", { topic: "a", payload });
  const shown = await send("GET", "/dead-letters?topic=a&limit=1");
  expect(shown.body).toMatchObject({ deadLetters: [{ cause: "no_subscriber", message: { topic: "a", payload: 1 } }] });
  expect(await send("GET", "/dead-letters?limit=many")).toMatchObject({ status: 400 });
  bus.subscribe("a", async () => {});
  const one = await send("POST", "/dead-letters/replay", { limit: 1, maxAgeMs: 1_000, topic: "a" });
  expect(one).toMatchObject({ status: 200, body: { replayed: 1, refused: 0, remaining: 1 } });
  expect((await send("POST", "/dead-letters/replay")).body).toEqual({ replayed: 1, refused: 0, remaining: 0 });
  expect((await send("GET", "/stats")).body).toMatchObject({ ledger: { accepted: 4, delivered: 2, deadLettered: 2 } });
});

test("the metrics have the seed's names, and topics beyond the first hundred share a label", async () => {
  const metrics = promBusMetrics();
  const { bus, clock } = busOnTrial({ metrics, shards: 2 });
  bus.subscribe("well", async () => await clock.sleep(20));
  bus.subscribe("ill", async () => {
    throw new Error("no");
  });
  for (let number = 0; number < 120; number++) bus.subscribe(`topic.${number}`, async () => {});
  bus.publish({ topic: "well", payload: 1 });
  bus.publish({ topic: "ill", payload: 1 });
  await clock.advance(200);
  for (let number = 0; number < 120; number++) bus.publish({ topic: `topic.${number}`, payload: 1 });
  await clock.advance(200);
  bus.pause(0);
  bus.pause(1);
  bus.publish({ topic: "well", payload: 1 });
  running = await startBusHttp({ bus, port: 0, metrics });
  const text = await (await fetch(`${running.url}/metrics`)).text();
  const lines = text.split("\n");
  const shard = bus.shardOf("ill");
  expect(lines).toEqual(
    expect.arrayContaining([
      'message_bus_topic_throughput{topic="well"} 1',
      'message_bus_callback_latency_sum{topic="well"} 0.02',
      'message_bus_callback_errors{topic="ill"} 4',
      `message_bus_publish_retries{shard="${shard}"} 3`,
      'message_bus_topic_throughput{topic="other"} 22',
      'message_bus_queue_size{shard="1",queue="high"} 0',
      'message_bus_paused{shard="1"} 1',
      'message_bus_refused_total{reason="shard_paused"} 1',
      'message_bus_busy_workers{shard="0"} 0',
      "message_bus_dead_letters 1",
    ]),
  );
  expect(text).toContain("# TYPE message_bus_message_age histogram");
  expect(text).toContain("# TYPE message_bus_dispatch_duration histogram");
  expect(bus.stats().observerFailures).toBe(0);
});

test("a port that is taken is said so", async () => {
  const { bus } = busOnTrial();
  running = await startBusHttp({ bus, port: 0 });
  const port = Number(new URL(running.url).port);
  await expect(startBusHttp({ bus, port })).rejects.toMatchObject({ code: "port_in_use" });
  expect(new URL(running.url).hostname).toBe("127.0.0.1");
});
