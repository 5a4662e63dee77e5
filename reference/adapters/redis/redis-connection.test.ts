import { expect, test } from "vitest";

import { seededRandom } from "../../../core/mod.ts";
import { Unavailable } from "../../ports/mod.ts";
import { isReadOnly, meaningOfReply, reconnectDelayMs } from "./redis-connection.ts";

test("the wait before a reconnection doubles up to a second, less up to a half by chance", () => {
  const random = seededRandom("backoff");
  for (const [attempt, fullMs] of [25, 50, 100, 200, 400, 800, 1_000, 1_000, 1_000].entries()) {
    const delays = Array.from({ length: 200 }, () => reconnectDelayMs(attempt + 1, random));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(fullMs / 2);
    expect(Math.max(...delays)).toBeLessThanOrEqual(fullMs);
    expect(new Set(delays).size).toBeGreaterThan(100);
  }
});

test.each([
  ["LOADING Redis is loading the dataset in memory", true],
  ["OOM command not allowed when used memory > 'maxmemory'.", true],
  ["READONLY You can't write against a read only replica.", true],
  ["WRONGTYPE Operation against a key holding the wrong kind of value", false],
  ["NOSCRIPT No matching script. Please use EVAL.", false],
  ["ERR BUSY is not its code", false],
])("the error reply %j says that nothing was done for now: %s", (text, notNow) => {
  const reply = new Error(text);
  const meaning = meaningOfReply(reply);
  expect(meaning instanceof Unavailable).toBe(notNow);
  expect(notNow ? meaning.cause : meaning).toBe(reply);
});

test("a server that only reads is left for another", () => {
  expect(isReadOnly(new Error("READONLY You can't write against a read only replica."))).toBe(true);
  expect(isReadOnly(new Error("LOADING"))).toBe(false);
});
