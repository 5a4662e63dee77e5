import { beforeEach, describe, expect, test } from "vitest";

import { Unavailable } from "../../ports/mod.ts";
import { HeldKey, takeKey, type HolderParts } from "./held-key.ts";
import type { KeyStore } from "./key-store.ts";
import { manualClock, type ManualClock } from "./manual-clock.test-support.ts";
import { testParts, type TestParts } from "./parts.test-support.ts";

const ttlMs = 900;
/** A hundredth and 2 ms less: the holder's clock may be slow. */
const trustedForMs = 889;

let clock: ManualClock;
let parts: TestParts;
let abandoned: number;
/** What was asked of the store, in order. */
let asked: string[];
/** What the store answers to a renewal. */
let renewal: () => Promise<boolean>;

beforeEach(() => {
  [clock, parts, abandoned, asked] = [manualClock(), testParts(), 0, []];
  renewal = () => Promise.resolve(true);
});

const yes = (what: string) => () => {
  asked.push(what);
  return Promise.resolve(true);
};
const store: KeyStore = {
  take: yes("take"),
  renew: () => (asked.push("renew"), renewal()),
  release: yes("release"),
  withdraw: yes("withdraw"),
};

function holder(changes: Partial<HolderParts> = {}): HolderParts {
  return { ...parts, clock, store, guard: "lock", renew: true, onAbandoned: () => abandoned++, ...changes };
}

async function hold(changes: Partial<HolderParts> = {}): Promise<HeldKey> {
  const grant = await takeKey(holder(changes), "key", ttlMs);
  if (!grant) throw new Error("not given");
  return new HeldKey(holder(changes), grant);
}

/** From now on a renewal has no answer, until this is called. */
function pendingRenewal(): (renewed: boolean) => void {
  let answer = (_renewed: boolean): void => {};
  renewal = () => new Promise((resolve) => (answer = resolve));
  return (renewed) => answer(renewed);
}

function phases(): string[] {
  return parts.sections.map(({ phase }) => phase);
}

describe("a held key", () => {
  test("is renewed at each third of its TTL, and each renewal counts from when it was sent", async () => {
    const held = await hold();
    await clock.pass(10 * ttlMs);
    expect(held.signal.aborted).toBe(false);
    expect(parts.sections.map(({ validUntil }) => validUntil)).toEqual(
      Array.from({ length: 31 }, (_, third) => trustedForMs + third * 300),
    );
  });

  test("without renewal is lost a little before its TTL is over", async () => {
    const held = await hold({ renew: false });
    await clock.pass(trustedForMs - 1);
    expect(held.signal.aborted).toBe(false);
    await clock.pass(1);
    expect(held.signal.aborted).toBe(true);
    expect(phases()).toEqual(["entered", "abandoned"]);
  });

  test("is lost at once when the store says that it is not the holder's", async () => {
    const held = await hold();
    renewal = () => Promise.resolve(false);
    await clock.pass(300);
    expect(held.signal.aborted).toBe(true);
    expect([phases(), abandoned]).toEqual([["entered", "abandoned"], 1]);
  });

  test("survives failed renewals for as long as its time lasts, and not longer", async () => {
    const held = await hold();
    renewal = () => Promise.reject(new Unavailable("Redis"));
    await clock.pass(trustedForMs - 1);
    expect(held.signal.aborted).toBe(false);
    expect(asked.filter((what) => what === "renew").length).toBeGreaterThan(5);
    await clock.pass(1);
    expect(held.signal.aborted).toBe(true);
  });

  test("is kept when a renewal succeeds after failed ones", async () => {
    const held = await hold();
    renewal = () => Promise.reject(new Unavailable("Redis"));
    await clock.pass(600);
    renewal = () => Promise.resolve(true);
    await clock.pass(600);
    expect(held.signal.aborted).toBe(false);
    expect(phases()).toContain("renewed");
  });

  test("is lost to a holder that slept through its time, before any renewal could count again", async () => {
    const held = await hold();
    await clock.stall(ttlMs);
    expect(held.signal.aborted).toBe(true);
    expect(phases()).toEqual(["entered", "abandoned"]);
    expect(asked).toEqual(["take"]);
  });

  test("is lost when the answer to a renewal comes too late, even a good one", async () => {
    const held = await hold();
    const answer = pendingRenewal();
    await clock.pass(600);
    // The process sleeps; when it wakes the answer is there, and is looked at before the timers.
    const late = clock.stall(600);
    answer(true);
    await late;
    await clock.pass(ttlMs);
    expect(held.signal.aborted).toBe(true);
    expect(phases()).toEqual(["entered", "abandoned"]);
  });

  test("that is released while a renewal is under way stays released", async () => {
    const held = await hold();
    const answer = pendingRenewal();
    await clock.pass(600);
    await held.release();
    answer(true);
    await clock.pass(10 * ttlMs);
    expect(phases()).toEqual(["entered", "left"]);
  });

  test("that a sleeper releases after its time is not released, since it may be somebody else's", async () => {
    const held = await hold({ renew: false });
    // The release comes before the timers of the time that was slept through.
    const late = clock.stall(ttlMs);
    await held.release();
    await late;
    expect(held.signal.aborted).toBe(true);
    expect(asked).toEqual(["take"]);
  });

  test("is released once, and its stay ends when the release is sent", async () => {
    const held = await hold();
    await clock.pass(100);
    await Promise.all([held.release(), held.release()]);
    await clock.pass(10 * ttlMs);
    expect(parts.sections.at(-1)).toMatchObject({ phase: "left", removed: true, sentAt: 100 });
    expect(asked).toEqual(["take", "release"]);
    expect(held.signal.aborted).toBe(false);
  });

  test("whose release fails is left to its expiry", async () => {
    const failing = { ...store, release: () => Promise.reject(new Unavailable("Redis")) };
    const held = await hold({ store: failing });
    await held.release();
    expect(parts.sections.at(-1)).toEqual(expect.not.objectContaining({ removed: expect.anything() }));
    expect(phases()).toEqual(["entered", "left"]);
  });
});

test("a key that is given too late is of no use, and is taken back", async () => {
  const slow = { ...store, take: () => clock.stall(ttlMs).then(() => true) };
  expect(await takeKey(holder({ store: slow }), "key", ttlMs)).toBeUndefined();
  expect(asked).toEqual(["withdraw"]);
});
