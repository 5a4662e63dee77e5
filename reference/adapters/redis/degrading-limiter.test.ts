import { expect, test } from "vitest";

import type { Admission, Limiter } from "../../ports/mod.ts";
import { degradingLimiter } from "./degrading-limiter.ts";
import { localLimiter } from "./local-limiter.ts";
import { manualClock } from "./manual-clock.test-support.ts";
import { testParts } from "./parts.test-support.ts";

const shared: Admission = {
  ...{ allowed: true, limit: 100, remaining: 99, retryAfterMs: 0, resetAfterMs: 0 },
  mode: "shared",
};

function degrading() {
  const clock = manualClock();
  const store = { calls: 0, answer: (): Promise<Admission> => Promise.resolve(shared) };
  const redisLimiter: Limiter = { admit: () => ((store.calls += 1), store.answer()) };
  const limiter = degradingLimiter({
    ...{ shared: redisLimiter, local: localLimiter({ clock }), log: testParts().log, clock },
    ...{ replicas: 4, timeoutMs: 200, holdOffMs: 1_000 },
  });
  const modeNow = async (): Promise<string> => (await limiter.admit("k", 100)).mode;
  return { clock, store, limiter, modeNow };
}

test("the shared limiter decides for as long as it answers", async () => {
  const { store, modeNow } = degrading();
  expect([await modeNow(), await modeNow(), store.calls]).toEqual(["shared", "shared", 2]);
});

test("while the store fails each replica admits its share, and says so", async () => {
  const { store, limiter } = degrading();
  store.answer = () => Promise.reject(new Error("away"));
  const admissions = await Promise.all(Array.from({ length: 40 }, () => limiter.admit("k", 100)));
  expect(admissions.filter(({ allowed }) => allowed)).toHaveLength(25);
  expect(admissions.map(({ mode, limit }) => `${mode} ${limit}`)).toEqual(admissions.map(() => "local 25"));
});

test("a limit smaller than the number of replicas still admits one", async () => {
  const { store, limiter } = degrading();
  store.answer = () => Promise.reject(new Error("away"));
  expect((await limiter.admit("k", 2)).allowed).toBe(true);
});

test("a dead store is left alone, tried by one request after the hold-off, and used again when it answers", async () => {
  const { clock, store, modeNow } = degrading();
  store.answer = () => Promise.reject(new Error("away"));
  for (let index = 0; index < 10; index++) expect(await modeNow()).toBe("local");
  expect(store.calls).toBe(1);
  await clock.pass(1_000);
  store.answer = () => new Promise(() => {});
  const probe = modeNow();
  expect(await modeNow()).toBe("local");
  expect(store.calls).toBe(2);
  await clock.pass(200);
  expect(await probe).toBe("local");
  await clock.pass(1_000);
  store.answer = () => Promise.resolve(shared);
  expect(await modeNow()).toBe("shared");
  expect(await modeNow()).toBe("shared");
  expect(store.calls).toBe(4);
});

test("what was admitted by the shared count is known when that is lost", async () => {
  const { store, limiter } = degrading();
  for (let index = 0; index < 20; index++) await limiter.admit("k", 100);
  store.answer = () => Promise.reject(new Error("away"));
  const admissions = await Promise.all(Array.from({ length: 40 }, () => limiter.admit("k", 100)));
  expect(admissions.filter(({ allowed }) => allowed)).toHaveLength(5);
});

test("a count that is back knows nothing of what was admitted meanwhile: for two seconds both must agree", async () => {
  const { clock, store, limiter } = degrading();
  const admittedOf = async (calls: number): Promise<number> => {
    const admissions = await Promise.all(Array.from({ length: calls }, () => limiter.admit("k", 100)));
    return admissions.filter(({ allowed }) => allowed).length;
  };
  store.answer = () => Promise.reject(new Error("away"));
  await clock.pass(200);
  expect(await admittedOf(40)).toBe(25);
  store.answer = () => Promise.resolve(shared);
  // The window is over: the share is free again, and it is all there is.
  await clock.pass(1_800);
  expect(await admittedOf(40)).toBe(25);
  await clock.pass(2_001);
  expect(await admittedOf(40)).toBe(40);
});

test("a store that is slow costs a request no more than the timeout", async () => {
  const { clock, store, modeNow } = degrading();
  store.answer = () => new Promise(() => {});
  const call = modeNow();
  await clock.pass(200);
  expect(await call).toBe("local");
});
