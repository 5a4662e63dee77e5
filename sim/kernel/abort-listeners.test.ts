import { getEventListeners } from "node:events";

import { expect, test } from "vitest";

import { Kernel } from "./kernel.ts";

test("whoever listens to a signal when a run ends is forgotten, also in a realm that has died", async () => {
  const kernel = new Kernel({ seed: "1" });
  const [source, other] = [new AbortController(), new AbortController()];
  const composite = AbortSignal.any([source.signal, other.signal]);
  let heard = 0;
  const before = (): number => (heard += 100);
  source.signal.addEventListener("abort", before);
  await kernel.run(async () => {
    const realm = kernel.realm("a");
    kernel.enter(realm, "listen", () => {
      void realm.clock.sleep(1_000, composite).then(() => (heard += 1));
      source.signal.addEventListener("abort", () => (heard += 1));
    });
    await kernel.clock.sleep(5);
    realm.end({ why: "killed" });
    expect(listenersOf(composite)).toBe(1);
  });
  expect([listenersOf(composite), listenersOf(source.signal)]).toEqual([0, 1]);
  source.abort();
  expect(heard).toBe(100);
});

test("in a run signals work as ever, and after it nothing of that is left", async () => {
  const kernel = new Kernel({ seed: "1" });
  const methods = ["addEventListener", "removeEventListener"];
  const heard: string[] = [];
  await kernel.run(async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const unwanted = (): number => heard.push("unwanted");
    one.signal.addEventListener("abort", () => heard.push("once"), { once: true });
    one.signal.addEventListener("abort", unwanted);
    one.signal.removeEventListener("abort", unwanted);
    AbortSignal.any([one.signal, two.signal]).addEventListener("abort", { handleEvent: () => heard.push("any") });
    kernel.clock.after(5, () => one.abort());
    await kernel.clock.sleep(10, two.signal);
  });
  expect(heard.toSorted()).toEqual(["any", "once"]);
  expect(methods.map((name) => Object.hasOwn(AbortSignal.prototype, name))).toEqual([false, false]);
});

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}
