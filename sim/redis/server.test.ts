import { expect, test } from "vitest";

import { clientOf, testServer } from "./redis.test-support.ts";
import { ErrorReply, ok, Status } from "./reply.ts";

test("what one client writes, another reads", () => {
  const { server, client } = testServer();
  expect(client.run("SET greeting hello")).toEqual(ok);
  expect(clientOf(server).run("get greeting")).toBe("hello");
});

test("a command that Redis does not have is refused in Redis's words", () => {
  const { client } = testServer();
  expect(client.run("FROB a b")).toEqual(
    new ErrorReply("ERR unknown command 'FROB', with args beginning with: 'a' 'b' "),
  );
});

test("a command of Redis that the engine does not have is refused by its name, also in a transaction", () => {
  const { client } = testServer();
  const refused = new ErrorReply("ERR seatrial: XADD is not simulated");
  expect(client.run("xadd stream * a b")).toEqual(refused);
  client.run("MULTI");
  expect(client.run("XADD stream * a b")).toEqual(refused);
  expect(client.run("EXEC")).toEqual(new ErrorReply("EXECABORT Transaction discarded because of previous errors."));
});

test("integers are exact up to 64 bits", () => {
  const { client } = testServer();
  client.run("SET n 9223372036854775806");
  expect(client.run("INCR n")).toBe(9223372036854775807n);
  expect(client.run("INCR n")).toEqual(new ErrorReply("ERR increment or decrement would overflow"));
  expect(client.run("DECRBY n 9223372036854775807")).toBe(0);
});

test("TIME moves within a millisecond, and never backwards", () => {
  const { client, clock } = testServer();
  const micros = (): number => {
    const [seconds, rest] = client.run("TIME") as string[];
    return Number(seconds) * 1e6 + Number(rest);
  };
  const readings = Array.from({ length: 50 }, () => {
    clock.advance(0.13);
    return micros();
  });
  expect(readings).toEqual(readings.toSorted((one, other) => one - other));
  expect(new Set(readings.map((reading) => reading % 1000)).size).toBeGreaterThan(20);
});

test("QUIT is answered, and nothing behind it is", () => {
  const { client } = testServer();
  expect(client.run("QUIT")).toEqual(ok);
  expect(client.run("PING")).toBeUndefined();
});

test("RESP3 is refused in the way that lets clients fall back to RESP2", () => {
  const { client } = testServer();
  expect(client.run("HELLO 3")).toEqual(new ErrorReply("NOPROTO unsupported protocol version"));
  expect(client.run("HELLO 2")).toContain("7.0.15");
});

test("a script is run by its text, then by its digest, and forgotten on demand", () => {
  const { client } = testServer();
  const text = "return redis.call('INCRBY', KEYS[1], ARGV[1])";
  const digest = client.send("SCRIPT", "LOAD", text) as string;
  expect(client.send("EVALSHA", digest, "1", "n", "5")).toBe(5);
  expect(client.send("EVAL", text, "1", "n", "5")).toBe(10);
  client.run("SCRIPT FLUSH");
  expect(client.send("EVALSHA", digest, "1", "n", "5")).toEqual(
    new ErrorReply("NOSCRIPT No matching script. Please use EVAL."),
  );
});

test("a read-only script may not write", () => {
  const { client } = testServer();
  const reply = client.send("EVAL_RO", "return redis.call('SET', KEYS[1], 'x')", "1", "k");
  expect((reply as ErrorReply).text).toContain("Write commands are not allowed from read-only scripts");
  expect(client.run("EXISTS k")).toBe(0);
});

test("what a script selects ends with it", () => {
  const { client } = testServer();
  client.send("EVAL", "redis.call('SELECT', 5) return redis.call('SET', KEYS[1], 'there')", "1", "k");
  expect(client.run("EXISTS k")).toBe(0);
  client.run("SELECT 5");
  expect(client.run("GET k")).toBe("there");
});

test("RESET takes back all that a client has set up", () => {
  const { client } = testServer();
  for (const words of ["SELECT 3", "CLIENT SETNAME me", "SUBSCRIBE news"]) client.run(words);
  expect(client.run("RESET")).toEqual(new Status("RESET"));
  client.run("SET k v");
  expect(client.run("CLIENT GETNAME")).toBeNull();
  client.run("SELECT 0");
  expect(client.run("GET k")).toBe("v");
});
