import { expect, test } from "vitest";

import { Channels } from "./channels.ts";
import { Client } from "./client.ts";
import { clientOf, testServer } from "./redis.test-support.ts";
import type { ErrorReply } from "./reply.ts";

test("a message reaches those who subscribed to its channel or to a pattern of it", () => {
  const { server, client } = testServer();
  const [reader, watcher] = [clientOf(server), clientOf(server)];
  expect(reader.run("SUBSCRIBE news other")).toEqual(["subscribe", "other", 2]);
  expect(reader.messages).toEqual([["subscribe", "news", 1]]);
  watcher.run("PSUBSCRIBE n*");
  expect(client.run("PUBLISH news hello")).toBe(2);
  expect(reader.messages.at(-1)).toEqual(["message", "news", "hello"]);
  expect(watcher.messages).toEqual([["pmessage", "n*", "news", "hello"]]);
});

test("a subscriber may only subscribe, ping and leave", () => {
  const { client } = testServer();
  client.run("SUBSCRIBE news");
  expect((client.run("GET k") as ErrorReply).text).toMatch(/^ERR Can't execute 'get': only/);
  expect(client.run("PING")).toEqual(["pong", ""]);
  expect(client.run("UNSUBSCRIBE")).toEqual(["unsubscribe", "news", 0]);
  expect(client.run("GET k")).toBeNull();
});

test("whoever has gone gets nothing", () => {
  const { server, client } = testServer();
  const reader = clientOf(server);
  reader.run("SUBSCRIBE news");
  reader.close();
  expect(client.run("PUBLISH news hello")).toBe(0);
  expect(client.run("PUBSUB CHANNELS")).toEqual([]);
});

test("subscribing twice counts once", () => {
  const channels = new Channels();
  const client = new Client(1, () => undefined);
  channels.subscribe(client, "news");
  channels.subscribe(client, "news");
  expect([channels.subscribers("news"), client.subscriptions]).toEqual([1, 1]);
});
