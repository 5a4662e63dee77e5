import { expect, test } from "vitest";

import { clientOf, testServer } from "./redis.test-support.ts";
import { ok } from "./reply.ts";

test("BLPOP answers when something comes, to those who waited longest first", () => {
  const { server, client } = testServer();
  const [first, second] = [clientOf(server), clientOf(server)];
  expect([first.run("BLPOP list 0"), second.run("BLPOP other list 0")]).toEqual([undefined, undefined]);
  client.run("RPUSH list a b c");
  expect([first.replies, second.replies]).toEqual([[["list", "a"]], [["list", "b"]]]);
  expect(client.run("LRANGE list 0 -1")).toEqual(["c"]);
});

test("BLPOP gives up after its timeout, and what was sent behind it is answered then", () => {
  const { client, clock } = testServer();
  client.run("BLPOP list 0.5");
  client.run("SET k v");
  clock.advance(499);
  expect(client.replies).toEqual([]);
  clock.advance(1);
  expect(client.replies).toEqual([null, ok]);
});

test("a value goes from one that waits to the next", () => {
  const { server, client } = testServer();
  const [mover, popper] = [clientOf(server), clientOf(server)];
  popper.run("BRPOP there 0");
  mover.run("BLMOVE here there LEFT RIGHT 0");
  client.run("LPUSH here parcel");
  expect(mover.replies).toEqual(["parcel"]);
  expect(popper.replies).toEqual([["there", "parcel"]]);
});

test("who waits for a list goes on waiting when another type comes", () => {
  const { server, client } = testServer();
  const waiting = clientOf(server);
  waiting.run("BLPOP k 0");
  client.run("SADD k member");
  client.run("DEL k");
  client.run("RPUSH k value");
  expect(waiting.replies).toEqual([["k", "value"]]);
});

test("whoever has gone does not take a value along", () => {
  const { server, client } = testServer();
  const waiting = clientOf(server);
  waiting.run("BLPOP list 0");
  waiting.close();
  client.run("RPUSH list a");
  expect(client.run("LLEN list")).toBe(1);
});

test("within a transaction nothing waits", () => {
  const { client } = testServer();
  client.run("MULTI");
  client.run("BLPOP list 0");
  client.run("BZPOPMIN zset 0");
  expect(client.run("EXEC")).toEqual([null, null]);
});
