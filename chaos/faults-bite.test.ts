import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Role } from "../core/mod.ts";
import { useToxiproxy } from "../test/needed-program.ts";
import { bootStubs, type StubWorld } from "../worlds/local/stub/stub-world.test-support.ts";
import * as chaos from "./mod.ts";
import type { Fault, Heal } from "./mod.ts";

/** Each fault strikes one gateway of a world of real processes, which answers each request with how many it had. */
let stubs: StubWorld;

/** For an answer that must not come. */
const impatiently = { timeoutMs: 300 };

/** What one fault does to its own gateway, and what is left of that when it is healed. */
const bites: Readonly<Record<string, (gateway: string) => Promise<void>>> = {
  async kill(gateway) {
    const heal = await strike(chaos.kill(gateway));
    expect(stateOf(gateway)).toBe("exited");
    expect(lastExitOf(gateway)).toBe("SIGKILL");
    await heal();
    expect(await ask(gateway)).toBe("1");
  },
  async terminate(gateway) {
    const heal = await strike(chaos.terminate(gateway));
    expect(stateOf(gateway)).toBe("exited");
    expect(lastExitOf(gateway)).toBe(0);
    await heal();
    expect(await ask(gateway)).toBe("1");
  },
  async restart(gateway) {
    expect(await ask(gateway)).toBe("1");
    const heal = await strike(chaos.restart(gateway));
    expect(lastExitOf(gateway)).toBe(0);
    await heal();
    expect(stateOf(gateway)).toBe("ready");
    expect(await ask(gateway)).toBe("1");
  },
  async pause(gateway) {
    const heal = await strike(chaos.pause(gateway));
    await expect(ask(gateway, impatiently)).rejects.toThrow("timeout");
    await heal();
    expect(await ask(gateway)).toBe("2");
  },
  async join() {
    const before = idsOf("worker");
    const joined: string[] = [];
    await strike(chaos.join("worker"), (replica) => joined.push(replica));
    expect(idsOf("worker")).toEqual([...before, ...joined]);
    expect(stateOf(joined[0] ?? "")).toBe("ready");
  },
  async crashAt(gateway) {
    const heal = await strike(chaos.crashAt(gateway, "jobs.advance", { nth: 2 }));
    expect(await ask(gateway)).toBe("1");
    await expect(ask(gateway)).rejects.toThrow("fetch failed");
    await expect.poll(() => stateOf(gateway)).toBe("exited");
    await heal();
    expect(await ask(gateway)).toBe("1");
  },
  async pauseAt(gateway) {
    const heal = await strike(chaos.pauseAt(gateway, "jobs.advance"));
    await expect(ask(gateway, impatiently)).rejects.toThrow("timeout");
    await expect.poll(() => stateOf(gateway)).toBe("paused");
    await heal();
    expect(await ask(gateway)).toBe("2");
  },
  async terminateAt(gateway) {
    const heal = await strike(chaos.terminateAt(gateway, "jobs.advance", { when: "after" }));
    await ask(gateway).catch(() => "cut off by the stop");
    await expect.poll(() => stateOf(gateway)).toBe("exited");
    expect(lastExitOf(gateway)).toBe(0);
    await heal();
    expect(await ask(gateway)).toBe("1");
  },
  async delayAt(gateway) {
    const heal = await strike(chaos.delayAt(gateway, "jobs.advance", { delay: "400ms", nth: "every" }));
    expect(await tookAtLeast(400, () => ask(gateway))).toBe(true);
    await heal();
    expect(await ask(gateway)).toBe("2");
  },
  async cut(gateway) {
    const heal = await strike(chaos.cut("clients", gateway));
    await expect(ask(gateway)).rejects.toThrow("fetch failed");
    await heal();
    expect(await ask(gateway)).toBe("1");
  },
  async delay(gateway) {
    const heal = await strike(chaos.delay("clients", gateway, { by: "200ms" }));
    expect(await tookAtLeast(400, () => ask(gateway))).toBe(true);
    await heal();
    expect(await ask(gateway)).toBe("2");
  },
  async blackhole(gateway) {
    const heal = await strike(chaos.blackhole("clients", gateway));
    await expect(ask(gateway, impatiently)).rejects.toThrow("timeout");
    await heal();
    // The request that was lost never arrived.
    expect(await ask(gateway)).toBe("1");
  },
  async reset(gateway) {
    const heal = await strike(chaos.reset("clients", gateway));
    await expect(ask(gateway)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    await heal();
    expect(await ask(gateway)).toBe("1");
  },
  async throttle(gateway) {
    const heal = await strike(chaos.throttle("clients", gateway, { rate: "8KB/s" }));
    expect(await tookAtLeast(950, () => ask(gateway, { headerBytes: 8_000 }))).toBe(true);
    await heal();
    expect(await ask(gateway, { headerBytes: 8_000 })).toBe("2");
  },
  async loseReply(gateway) {
    const heal = await strike(chaos.loseReply("clients", gateway));
    await expect(ask(gateway, impatiently)).rejects.toThrow(/timeout|fetch failed/);
    await heal();
    // The request whose reply was lost took effect.
    expect(await ask(gateway)).toBe("2");
  },
};

test("every fault of the catalog is tried on a real world, if there are any that have it", () => {
  const possible = chaos.faultCatalog.filter((fault) => !("only" in fault));
  expect(Object.keys(bites).toSorted()).toEqual(possible.map(({ name }) => name).toSorted());
});

describe("on a world of real processes", () => {
  const toxiproxy = useToxiproxy();
  beforeAll(async () => {
    if (!toxiproxy.isThere) return;
    stubs = await bootStubs({ cluster: { gateways: 15, schedulers: 0, workers: 0 }, links: true });
  }, 60_000);
  afterAll(async () => {
    if (toxiproxy.isThere) await stubs[Symbol.asyncDispose]();
  });

  test.each(Object.entries(bites).map(([name, bite], index) => ({ name, bite, gateway: `gateway-${index + 1}` })))(
    "$name bites, and heals",
    async ({ bite, gateway }) => expect(bite(gateway)).resolves.toBeUndefined(),
    60_000,
  );
});

async function strike(fault: Fault, sprung: (replica: string) => void = () => undefined): Promise<Heal> {
  const targets = fault.untargeted ? [] : await stubs.world.pick(fault.selector);
  return fault.strike(stubs.world, targets, new AbortController().signal, sprung);
}

/** A connection of its own for each question, as another client would have. */
async function ask(gateway: string, { headerBytes = 1, timeoutMs = 30_000 } = {}): Promise<string> {
  const url = stubs.world.gateways().find(({ id }) => id === gateway)?.url ?? "";
  const answer = await fetch(url, {
    headers: { connection: "close", padding: "x".repeat(headerBytes) },
    signal: AbortSignal.timeout(timeoutMs),
  });
  return answer.text();
}

function stateOf(id: string): string | undefined {
  return stubs.world.replicas().find((replica) => replica.id === id)?.state;
}

function idsOf(role: Role): string[] {
  return stubs.world.replicas().flatMap((replica) => (replica.role === role ? [replica.id] : []));
}

function lastExitOf(id: string): string | number | undefined {
  const exit = stubs.observations.findLast(
    (each) => each.kind === "replica" && each.replica === id && each.phase === "exited",
  );
  return exit?.kind === "replica" ? (exit.signal ?? exit.exitCode) : undefined;
}

async function tookAtLeast(limitMs: number, run: () => Promise<unknown>): Promise<boolean> {
  const startedAt = performance.now();
  await run();
  // A timer may fire a moment early.
  return performance.now() - startedAt >= limitMs - 5;
}
