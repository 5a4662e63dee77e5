import { afterAll, beforeAll, expect, test } from "vitest";

import { blindWitness, type Trap } from "../../../core/mod.ts";
import { bootStubs, type StubWorld } from "../stub/stub-world.test-support.ts";
import { LocalReplica } from "./local-replica.ts";
import type { ReplicaLife } from "./replica-life.ts";

let stubs: StubWorld;
beforeAll(async () => {
  stubs = await bootStubs({ cluster: { gateways: 6, schedulers: 0, workers: 0 } });
});
afterAll(async () => stubs[Symbol.asyncDispose]());

const onAdvance = (trap: Partial<Trap>): Trap => ({ call: "jobs.advance", when: "before", action: "kill", ...trap });

test("a replica is killed before the third call, which never happens", async () => {
  const url = urlOf("gateway-1");
  const trap = await stubs.world.setTrap("gateway-1", onAdvance({ nth: 3 }));
  expect([await get(url), await get(url)]).toEqual(["1", "2"]);
  await expect(get(url)).rejects.toThrow("fetch failed");
  await trap.sprung;
  await expect.poll(() => stateOf("gateway-1")).toBe("exited");
  expect(advancesOf("gateway-1")).toBe(2);
  await trap.remove();
});

test("a replica is killed after the second call, which has happened", async () => {
  const url = urlOf("gateway-2");
  const trap = await stubs.world.setTrap("gateway-2", onAdvance({ when: "after", nth: 2 }));
  expect(await get(url)).toBe("1");
  await expect(get(url)).rejects.toThrow("fetch failed");
  await trap.sprung;
  expect(advancesOf("gateway-2")).toBe(2);
});

test("a restarted replica has no trap any more", async () => {
  await expect.poll(() => stateOf("gateway-2")).toBe("exited");
  await stubs.world.restart("gateway-2");
  expect([await get(urlOf("gateway-2")), await get(urlOf("gateway-2"))]).toEqual(["1", "2"]);
});

test("a replica pauses itself, says so first, and goes on in the middle of the call when it is resumed", async () => {
  const trap = await stubs.world.setTrap("gateway-3", onAdvance({ action: "pause" }));
  const answer = get(urlOf("gateway-3"));
  await trap.sprung;
  expect(stateOf("gateway-3")).toBe("paused");
  expect(advancesOf("gateway-3")).toBe(0);
  await trap.remove();
  await stubs.world.resume("gateway-3");
  expect(await answer).toBe("1");
  expect(await get(urlOf("gateway-3"))).toBe("2");
});

test("a replica tells itself to stop, and stops gracefully", async () => {
  const trap = await stubs.world.setTrap("gateway-4", onAdvance({ action: "stop", when: "after" }));
  await get(urlOf("gateway-4")).catch(() => "cut off by the stop");
  await trap.sprung;
  await expect.poll(() => stateOf("gateway-4")).toBe("exited");
  expect(stubs.observations.findLast((each) => each.kind === "replica" && each.replica === "gateway-4")).toMatchObject({
    phase: "exited",
    exitCode: 0,
  });
});

test("a delay holds up every call until it is taken away", async () => {
  const url = urlOf("gateway-5");
  const trap = await stubs.world.setTrap("gateway-5", onAdvance({ action: "delay", nth: "every", delayMs: 150 }));
  expect(await tookAtLeast(150, () => get(url))).toBe(true);
  await trap.sprung;
  expect(await tookAtLeast(150, () => get(url))).toBe(true);
  await trap.remove();
  await trap.remove();
  expect(await get(url)).toBe("3");
});

test("a trap that could never spring is refused, with the names that are near", async () => {
  const set = (trap: Partial<Trap>) => stubs.world.setTrap("gateway-6", onAdvance(trap));
  await expect(set({ call: "jobs.advanse" })).rejects.toThrow('no call is named "jobs.advanse"; near it: jobs.advance');
  await expect(set({ nth: 0 })).rejects.toThrow("calls are counted from 1");
  await expect(set({ action: "delay" })).rejects.toThrow("a delay needs its delayMs");
});

test("a trap that springs is not mistaken for a kill from outside", async () => {
  const trap = await stubs.world.setTrap("gateway-6", onAdvance({}));
  let sprung = false;
  void trap.sprung.then(() => (sprung = true));
  await stubs.world.kill("gateway-6");
  await trap.remove();
  expect(sprung).toBe(false);
});

test("a pause is leased before the signal that begins it, once, and until the replica wakes", async () => {
  const order: string[] = [];
  const life = {
    // Nobody has such a pid, so that nobody is waited for.
    pid: 0x7fff_ffff,
    ready: Promise.resolve("http://127.0.0.1:1"),
    exited: new Promise(() => undefined),
    signal: (name: string) => void order.push(name),
  } as unknown as ReplicaLife;
  const replica = new LocalReplica("gateway-1", "gateway", {
    witness: blindWitness,
    launch: () => life,
    stopWithinMs: 1,
    leasePause() {
      order.push("leased");
      return () => void order.push("ended");
    },
  });
  await replica.start();
  await replica.pause();
  replica.resume();
  expect(order).toEqual(["leased", "SIGSTOP", "ended", "SIGCONT"]);
});

function urlOf(id: string): string {
  return stubs.world.replicas().find((replica) => replica.id === id)?.url ?? "";
}

function stateOf(id: string): string | undefined {
  return stubs.world.replicas().find((replica) => replica.id === id)?.state;
}

function advancesOf(who: string): number {
  return stubs.historyOf(who).filter((event) => event.kind === "sample" && event.name === "advance").length;
}

async function get(url: string): Promise<string> {
  return (await fetch(url)).text();
}

async function tookAtLeast(limitMs: number, run: () => Promise<unknown>): Promise<boolean> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt >= limitMs - 1;
}
