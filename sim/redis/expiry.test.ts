import { expect, test } from "vitest";

import { Database } from "./database.ts";
import { clientOf, testServer } from "./redis.test-support.ts";

test("a key lives until its time has passed, and not a millisecond longer", () => {
  const { client, clock } = testServer();
  client.run("SET k v PX 100");
  clock.advance(100);
  expect(client.run("PTTL k")).toBe(0);
  clock.advance(1);
  expect([client.run("GET k"), client.run("PTTL k"), client.run("EXISTS k")]).toEqual([null, -2, 0]);
});

test("SET takes the time to live away, unless it is told to keep it", () => {
  const { client } = testServer();
  client.run("SET k v EX 100");
  client.run("SET k w KEEPTTL");
  expect(client.run("TTL k")).toBe(100);
  client.run("SET k x");
  expect(client.run("TTL k")).toBe(-1);
});

test("a time in the past deletes at once", () => {
  const { client } = testServer();
  client.run("SET k v");
  expect(client.run("PEXPIRE k -1")).toBe(1);
  expect(client.run("EXISTS k")).toBe(0);
});

test("a rename carries the time to live along", () => {
  const { client } = testServer();
  client.run("SET from v PX 5000");
  client.run("RENAME from to");
  expect(client.run("PTTL to")).toBe(5000);
});

test("keys that nobody asks for are swept up by and by, without a timer", () => {
  const { server, client, clock } = testServer();
  for (let each = 0; each < 100; each++) client.run(`SET k${each} v PX 50`);
  clock.advance(60);
  const sizes = Array.from({ length: 10 }, () => {
    clock.advance(100);
    return clientOf(server).run("DBSIZE") as number;
  });
  expect(sizes.at(-1)).toBe(0);
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
});

test("a key that waits to be deleted by its primary is hidden meanwhile", () => {
  const owner = { nowMs: 0, expiryRule: "hide" as const, onChange: () => undefined, onExpire: () => undefined };
  const database = new Database(0, owner);
  database.replace("k", "v");
  database.expireAt("k", 10);
  owner.nowMs = 11;
  expect([database.get("k"), database.size, [...database.keys()]]).toEqual([undefined, 1, []]);
});
