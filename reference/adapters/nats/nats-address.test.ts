import { expect, test } from "vitest";

import { UsageError } from "../../../core/mod.ts";
import { readNatsUrl } from "./nats-address.ts";

test("one URL", () => {
  expect(readNatsUrl("nats://127.0.0.1:4222")).toEqual({
    servers: ["127.0.0.1:4222"],
    login: {},
    tls: false,
    readable: "nats://127.0.0.1:4222",
  });
});

test("the servers of a cluster, with or without the scheme", () => {
  expect(readNatsUrl("nats://a:1, b:2").servers).toEqual(["a:1", "b:2"]);
});

test("user and password are taken from the URL, decoded, and are not readable", () => {
  const address = readNatsUrl("nats://me:p%40ss@a:1");
  expect(address.login).toEqual({ user: "me", pass: "p@ss" });
  expect(address.readable).toBe("nats://a:1");
});

test("a user alone is a token", () => {
  expect(readNatsUrl("tls://s3cret@a:1")).toMatchObject({ login: { token: "s3cret" }, tls: true });
});

test.each(["", "http://a:1", "nats://", "nats://me:secret@a:port"])("%j is refused, and not repeated", (text) => {
  let thrown: unknown;
  try {
    readNatsUrl(text);
  } catch (caught) {
    thrown = caught;
  }
  expect(thrown).toBeInstanceOf(UsageError);
  expect(String(thrown)).not.toContain("secret");
});
