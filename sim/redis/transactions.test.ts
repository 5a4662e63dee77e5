import { expect, test } from "vitest";

import { clientOf, testServer } from "./redis.test-support.ts";
import { ErrorReply, ok, Status } from "./reply.ts";

test("queued commands are carried out together, and one that fails does not stop the others", () => {
  const { client } = testServer();
  client.run("MULTI");
  expect(client.run("SET k text")).toEqual(new Status("QUEUED"));
  client.run("INCR k");
  client.run("GET k");
  expect(client.run("EXEC")).toEqual([ok, new ErrorReply("ERR value is not an integer or out of range"), "text"]);
});

test("EXEC does nothing when a watched key was written by another", () => {
  const { server, client } = testServer();
  client.run("WATCH k");
  clientOf(server).run("SET k theirs");
  client.run("MULTI");
  client.run("SET k mine");
  expect(client.run("EXEC")).toBeNull();
  expect(client.run("GET k")).toBe("theirs");
});

test("EXEC does nothing when a watched key has expired meanwhile", () => {
  const { client, clock } = testServer();
  client.run("SET k v PX 10");
  client.run("WATCH k");
  clock.advance(11);
  client.run("MULTI");
  client.run("PING");
  expect(client.run("EXEC")).toBeNull();
});

test("UNWATCH and EXEC end a watch", () => {
  const { server, client } = testServer();
  const other = clientOf(server);
  const transact = (): unknown => {
    client.run("MULTI");
    client.run("PING");
    return client.run("EXEC");
  };
  client.run("WATCH k");
  other.run("SET k 1");
  client.run("UNWATCH");
  expect(transact()).toEqual([new Status("PONG")]);
  client.run("WATCH k");
  transact();
  other.run("SET k 2");
  expect(transact()).toEqual([new Status("PONG")]);
});

test("a write that changes nothing disturbs nobody", () => {
  const { server, client } = testServer();
  client.run("WATCH k");
  clientOf(server).run("DEL k");
  client.run("MULTI");
  client.run("PING");
  expect(client.run("EXEC")).not.toBeNull();
});
