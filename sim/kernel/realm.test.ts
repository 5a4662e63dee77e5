import { expect, test } from "vitest";

import { Kernel } from "./kernel.ts";
import type { Realm, RealmEnd } from "./realm.ts";

function inRealms<Value>(story: (kernel: Kernel, a: Realm, b: Realm) => Promise<Value>, seed = "1"): Promise<Value> {
  const kernel = new Kernel({ seed });
  return kernel.run(() => story(kernel, kernel.realm("a"), kernel.realm("b")));
}

test("what a dead realm still had to do never happens, and others go on", () =>
  inRealms(async (kernel, a, b) => {
    const happened: string[] = [];
    for (const realm of [a, b]) realm.clock.every(10, () => happened.push(realm.name));
    await kernel.clock.sleep(15);
    a.end({ why: "killed" });
    a.clock.after(1, () => happened.push("a after its death"));
    await kernel.clock.sleep(20);
    expect(happened.toSorted()).toEqual(["a", "b", "b", "b"]);
    expect([a.state, a.dead, b.state]).toEqual(["dead", true, "running"]);
  }));

test("a realm dies once, and says how", () =>
  inRealms(async (kernel, a) => {
    const ends: RealmEnd[] = [];
    a.onDeath((end) => ends.push(end));
    a.end({ why: "killed" });
    a.end({ why: "ended" });
    a.pause();
    a.resume();
    await kernel.clock.sleep(1);
    expect([ends, a.state]).toEqual([[{ why: "killed" }], "dead"]);
  }));

test("a paused realm's events wait; when it goes on timers come first, then what has arrived, all at once", () =>
  inRealms(async (kernel, a) => {
    const happened: string[] = [];
    const note = (what: string) => (): void => void happened.push(`${what} at ${kernel.now()}`);
    a.clock.after(30, note("late timer"));
    a.clock.after(20, note("early timer"));
    const cancelled = a.clock.after(25, note("cancelled"));
    kernel.at(10, "from redis", note("first message"), a, "lane");
    kernel.at(15, "from redis", note("second message"), a, "lane");
    await kernel.clock.sleep(5);
    a.pause();
    a.pause();
    await kernel.clock.sleep(95);
    expect(happened).toEqual([]);
    a.resume();
    cancelled.cancel();
    await kernel.clock.sleep(1);
    expect(happened).toEqual(
      ["early timer", "late timer", "first message", "second message"].map((what) => `${what} at 100`),
    );
  }));

test.each(["1", "2", "3", "4", "5"])("what has waited comes before what arrives just then (seed %s)", (seed) =>
  inRealms(async (kernel, a) => {
    const happened: number[] = [];
    a.pause();
    for (let number = 0; number < 2_000; number++) {
      kernel.at(number / 1_000, "from redis", () => happened.push(number), a, "lane");
    }
    kernel.at(100.0005, "from redis", () => happened.push(2_000), a, "lane");
    kernel.at(100, "resume", () => a.resume());
    kernel.at(100, "from redis", () => happened.push(1_999.5), a, "lane");
    await kernel.clock.sleep(200);
    expect(happened).toEqual(happened.toSorted((one, other) => one - other));
    expect(happened).toHaveLength(2_002);
  }, seed),
);

test("a realm that dies while it is paused never does what has waited", () =>
  inRealms(async (kernel, a) => {
    let happened = 0;
    a.clock.after(10, () => (happened += 1));
    a.pause();
    await kernel.clock.sleep(20);
    a.end({ why: "killed" });
    a.resume();
    await kernel.clock.sleep(20);
    expect(happened).toBe(0);
  }));

test.each([
  ["throws", (): never => fail()],
  ["rejects", (): void => void Promise.reject(new Error("a bug"))],
  ["throws in a tick", (): void => process.nextTick(fail)],
  ["throws after an await", (): void => void Promise.resolve().then(fail)],
])("what nobody catches kills its realm only, wherever in a batch of events it is: %s", (_, act) =>
  inRealms(async (kernel, _a, b) => {
    const ends: RealmEnd[] = [];
    let beats = 0;
    b.clock.every(1, () => (beats += 1));
    for (let number = 0; number < 150; number++) {
      const realm = kernel.realm(`victim-${number}`);
      realm.onDeath((end) => ends.push(end));
      realm.clock.after(number, act);
    }
    await kernel.clock.sleep(200.5);
    expect(beats).toBe(200);
    expect(ends).toHaveLength(150);
    expect(ends.every(({ why, error }) => why === "crashed" && String(error) === "Error: a bug")).toBe(true);
  }),
);

test("the kernel knows whose code runs", () =>
  inRealms(async (kernel, a, b) => {
    const seen: (string | undefined)[] = [];
    a.clock.after(1, () => void Promise.resolve().then(() => seen.push(kernel.current?.name)));
    b.clock.after(2, () => seen.push(kernel.current?.name));
    kernel.at(3, "step", () => seen.push(kernel.current?.name));
    kernel.enter(a, "enter", () => seen.push(kernel.current?.name));
    await kernel.clock.sleep(10);
    expect(seen).toEqual(["a", "a", "b", undefined]);
  }));

test("a second life of a realm has a chance of its own, the same one in each run", () => {
  const draw = (lives: number): number => new Kernel({ seed: "1" }).realm("a", lives).random.next();
  expect(draw(1)).toBe(draw(1));
  expect(draw(1)).not.toBe(draw(2));
});

function fail(): never {
  throw new Error("a bug");
}
