import { expect, test } from "vitest";

import { localLimiter } from "./local-limiter.ts";
import { manualClock } from "./manual-clock.test-support.ts";

async function admitted(limiter: ReturnType<typeof localLimiter>, key: string, limit: number, calls: number) {
  const admissions = await Promise.all(Array.from({ length: calls }, () => limiter.admit(key, limit)));
  return admissions.filter(({ allowed }) => allowed).length;
}

test("a local limiter admits the limit, and again as the window slides on", async () => {
  const clock = manualClock();
  const limiter = localLimiter({ clock });
  expect(await admitted(limiter, "a", 10, 15)).toBe(10);
  expect(await admitted(limiter, "b", 10, 15)).toBe(10);
  await clock.pass(1_000);
  expect(await admitted(limiter, "a", 10, 15)).toBe(0);
  await clock.pass(500);
  expect(await admitted(limiter, "a", 10, 15)).toBe(5);
  await clock.pass(2_000);
  expect(await admitted(limiter, "a", 10, 15)).toBe(10);
});

test("a local limiter says that it is local, and when to try again", async () => {
  const clock = manualClock();
  const limiter = localLimiter({ clock });
  await limiter.admit("a", 1);
  const refused = await limiter.admit("a", 1);
  expect(refused).toMatchObject({ allowed: false, mode: "local", limit: 1, remaining: 0, retryAfterMs: 2_000 });
});

test("a local limiter forgets the key that was asked for least recently when there are too many", async () => {
  const limiter = localLimiter({ clock: manualClock(), keysMax: 2 });
  for (const key of ["a", "b", "a", "c"]) await limiter.admit(key, 2);
  // "b" made way for "c".
  expect(await admitted(limiter, "a", 2, 2)).toBe(0);
  expect(await admitted(limiter, "b", 2, 2)).toBe(2);
});
