import { expect, test } from "vitest";

import { UsageError, type Disturbed, type ServerFault } from "../core/mod.ts";
import { FakeWorld } from "./fake-world.test-support.ts";
import { failOver, loseLeader, restartServer, sleepPrimary, type Fault } from "./mod.ts";

/** A world with servers of its own, which tells what was done to them. */
class WorldWithServers extends FakeWorld {
  readonly struck: ServerFault[] = [];

  strikeServer(fault: ServerFault): Promise<Disturbed> {
    this.struck.push(fault);
    return Promise.resolve({ heal: async () => void this.story.push(`heal ${fault.kind}`) });
  }
}

async function strike(world: FakeWorld, fault: Fault): Promise<{ heal: () => Promise<void>; sprung: string[] }> {
  const sprung: string[] = [];
  const heal = await fault.strike(world, [], new AbortController().signal, (target) => sprung.push(target));
  return { heal, sprung };
}

test.each([
  [failOver("redis"), { kind: "failOver", server: "redis", detectMs: 2_300, behindMs: 0 }],
  [failOver("redis", { behind: "1s" }), { kind: "failOver", server: "redis", detectMs: 2_300, behindMs: 1_000 }],
  [sleepPrimary("redis"), { kind: "sleepPrimary", server: "redis", detectMs: 2_300, believesMs: 8_000 }],
  [restartServer("redis"), { kind: "restartServer", server: "redis", downMs: 500, keepsData: true }],
  [restartServer("nats", { down: "2s" }), { kind: "restartServer", server: "nats", downMs: 2_000 }],
  [loseLeader("nats"), { kind: "loseLeader", server: "nats" }],
])("$0.action strikes the server, names it as its target, and heals", async (fault, wanted) => {
  const world = new WorldWithServers();
  const { heal, sprung } = await strike(world, fault);
  await heal();
  expect(world.struck).toEqual([wanted]);
  expect(sprung).toEqual([wanted.server]);
  expect(world.story).toEqual([`heal ${wanted.kind}`]);
});

test("a world whose servers belong to the harness refuses it, with the way out", async () => {
  const struck = strike(new FakeWorld(), loseLeader("nats"));
  await expect(struck).rejects.toThrow(UsageError);
  await expect(struck).rejects.toMatchObject({ hint: "use --world sim" });
});

test("a NATS that would not keep its streams is refused", () => {
  expect(() => restartServer("nats", { keepsData: false })).toThrow("NATS keeps its streams");
});
