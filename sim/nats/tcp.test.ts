import { connect as dial } from "node:net";

import { AckPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";

import { seededRandom, systemClock } from "../../core/mod.ts";
import { listenNats, type ListeningNats } from "./tcp.ts";

let server: ListeningNats;
beforeAll(async () => {
  server = await listenNats({ host: "127.0.0.1", port: 0, clock: systemClock(), random: seededRandom("tcp") });
});
afterAll(() => server.close());

test("the usual client stores, consumes and acknowledges", async () => {
  const client = await connect({ servers: `127.0.0.1:${server.port}` });
  const manager = await jetstreamManager(client);
  await manager.streams.add({ name: "A", subjects: ["a.*"] });
  await manager.consumers.add("A", { durable_name: "c", ack_policy: AckPolicy.Explicit });
  const stream = jetstream(client);
  expect(await stream.publish("a.x", "one", { msgID: "1" })).toMatchObject({ seq: 1, duplicate: false });
  expect(await stream.publish("a.x", "one", { msgID: "1" })).toMatchObject({ seq: 1, duplicate: true });
  await stream.publish("a.y", "zwölf");
  const consumer = await stream.consumers.get("A", "c");
  const texts: string[] = [];
  for await (const message of await consumer.fetch({ max_messages: 2 })) {
    texts.push(message.string());
    await message.ackAck();
  }
  expect(texts).toEqual(["one", "zwölf"]);
  expect(await consumer.info()).toMatchObject({ num_ack_pending: 0, ack_floor: { stream_seq: 2 } });
  await client.close();
});

test("a request is answered, and one that nobody hears is refused", async () => {
  const client = await connect({ servers: `127.0.0.1:${server.port}` });
  client.subscribe("echo", { callback: (_, message) => void message.respond(message.data) });
  expect((await client.request("echo", "hello")).string()).toBe("hello");
  await expect(client.request("nobody", "hello")).rejects.toThrow("no responders");
  await client.close();
});

test("a port that is taken is told by its code", async () => {
  const options = { host: "127.0.0.1", port: server.port, clock: systemClock(), random: seededRandom("tcp") };
  await expect(listenNats(options)).rejects.toThrow("[port_in_use]");
});

test("a client that does not answer pings is cut off, and so is one that does not read", async () => {
  const short = { host: "127.0.0.1", port: 0, clock: systemClock(), random: seededRandom("short") };
  const strict = await listenNats({ ...short, pingIntervalMs: 10, slowConsumerBytes: 100_000 });
  const heard = await new Promise<string>((resolve) => {
    let bytes = "";
    const socket = dial(strict.port, "127.0.0.1");
    socket.on("data", (data) => (bytes += String(data))).on("close", () => resolve(bytes));
  });
  expect(heard).toContain("-ERR 'Stale Connection'");
  const deaf = dial(strict.port, "127.0.0.1");
  deaf.pause();
  const gone = new Promise<void>((resolve) => void deaf.on("error", () => undefined).on("close", () => resolve()));
  deaf.write(`CONNECT {}\r\nSUB a 1\r\n${`PUB a 50000\r\n${"x".repeat(50_000)}\r\n`.repeat(400)}`);
  await gone;
  expect(deaf.destroyed).toBe(true);
  await strict.close();
});
