import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { Redis } from "ioredis";
import { afterEach, expect, test } from "vitest";

import { seededRandom, systemClock } from "../../core/mod.ts";
import { listenRedis, type ListeningRedis, type RedisListenOptions } from "./tcp.ts";

let listening: ListeningRedis | undefined;

afterEach(async () => {
  await listening?.close();
  listening = undefined;
});

async function listen(options: Partial<RedisListenOptions> = {}): Promise<number> {
  const where = { host: "127.0.0.1", port: 0, clock: systemClock(), random: seededRandom(1) };
  listening = await listenRedis({ ...where, ...options });
  return listening.port;
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  await once(socket, "connect");
  return socket;
}

async function received(socket: Socket, until: RegExp): Promise<string> {
  let text = "";
  while (!until.test(text)) text += String((await once(socket, "data"))[0]);
  return text;
}

test.each([{ protocol: 2 as const }, {}])("ioredis works with %j", async (options) => {
  const redis = new Redis({ host: "127.0.0.1", port: await listen(), ...options });
  try {
    expect(await redis.set("k", "värt")).toBe("OK");
    expect(await redis.get("k")).toBe("värt");
    await redis.hset("h", { a: "1", b: "2" });
    expect(await redis.hgetall("h")).toEqual({ a: "1", b: "2" });
    expect(await redis.multi().incr("n").incr("n").exec()).toEqual([
      [null, 1],
      [null, 2],
    ]);
    expect(await redis.eval("return {KEYS[1], ARGV[1]}", 1, "key", "arg")).toEqual(["key", "arg"]);
  } finally {
    redis.disconnect();
  }
});

test("a subscriber gets messages over its socket", async () => {
  const port = await listen();
  const [reader, writer] = [await open(port), await open(port)];
  reader.write("SUBSCRIBE a b\r\n");
  expect(await received(reader, /:2\r\n$/)).toContain("subscribe");
  writer.write("PUBLISH b hi\r\n");
  expect(await received(reader, /hi\r\n$/)).toBe("*3\r\n$7\r\nmessage\r\n$1\r\nb\r\n$2\r\nhi\r\n");
});

test("who breaks the protocol is told, and hung up on", async () => {
  const socket = await open(await listen());
  socket.write("PING\r\n*x\r\n");
  const [text] = await Promise.all([received(socket, /length\r\n$/), once(socket, "close")]);
  expect(text).toBe("+PONG\r\n-ERR Protocol error: invalid multibulk length\r\n");
});

test("QUIT is answered before the connection ends", async () => {
  const socket = await open(await listen());
  socket.write("QUIT\r\n");
  const [text] = await Promise.all([received(socket, /\r\n$/), once(socket, "close")]);
  expect(text).toBe("+OK\r\n");
});

test("more clients than allowed are refused", async () => {
  const port = await listen({ clientsMax: 1 });
  await open(port);
  const second = await open(port);
  expect(await received(second, /\r\n$/)).toBe("-ERR max number of clients reached\r\n");
});

test("a client that does not read its replies is hung up on", async () => {
  const port = await listen({ unreadMax: 200_000 });
  const socket = await open(port);
  socket.pause();
  socket.write(`*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100000\r\n${"x".repeat(100_000)}\r\n${"GET k\r\n".repeat(300)}`);
  socket.on("error", (error) => expect(error.message).toMatch(/ECONNRESET|EPIPE/));
  await new Promise((resolve) => socket.on("close", resolve));
  const other = await open(port);
  other.write("CLIENT LIST\r\n");
  expect((await received(other, /resp=2\n\r\n$/)).match(/id=/g)).toHaveLength(1);
});
