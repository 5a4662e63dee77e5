import { expect, test } from "vitest";

import { UsageError, type Disturbed, type Link, type Way } from "../core/mod.ts";
import { FakeWorld } from "./fake-world.test-support.ts";
import { clockJump, partition, type Fault } from "./mod.ts";

/** A world that can do what only a simulated one can, and tells what was done to it. */
class SimulatedWorld extends FakeWorld {
  async partition({ from, to }: Link, way: Way): Promise<Disturbed> {
    this.story.push(`partition ${way} ${from} ${to}`);
    return { heal: async () => void this.story.push(`heal ${way} ${from} ${to}`) };
  }

  async jumpClock(id: string, byMs: number): Promise<void> {
    this.story.push(`jump ${id} ${byMs}`);
  }
}

async function strike(world: FakeWorld, fault: Fault): Promise<{ heal: () => Promise<void>; sprung: string[] }> {
  const sprung: string[] = [];
  const targets = fault.untargeted ? [] : await world.pick(fault.selector);
  const heal = await fault.strike(world, targets, new AbortController().signal, (target) => sprung.push(target));
  return { heal, sprung };
}

test("a partition loses one way of each link, says whose it was, and heals", async () => {
  const world = new SimulatedWorld("worker-1", "worker-2");
  const { heal, sprung } = await strike(world, partition("worker", "nats", { way: "back" }));
  expect(world.story).toEqual(["partition back worker-1 nats", "partition back worker-2 nats"]);
  await heal();
  expect(world.story.slice(2)).toEqual(["heal back worker-1 nats", "heal back worker-2 nats"]);
  expect(sprung).toEqual(["worker-1", "worker-2"]);
});

test("a partition between the clients and a gateway has no replica as its target", async () => {
  const world = new SimulatedWorld("gateway-1");
  const { sprung } = await strike(world, partition("clients", "gateway-1", { way: "there" }));
  expect([world.story, sprung]).toEqual([["partition there clients gateway-1"], ["clients"]]);
});

test("a clock jumps forward, says whose it was, and back by as much", async () => {
  const world = new SimulatedWorld("worker-1", "worker-2");
  const { heal, sprung } = await strike(world, clockJump("worker", { by: "1.5s" }));
  expect(world.story).toEqual(["jump worker-1 1500", "jump worker-2 1500"]);
  await heal();
  expect(world.story.slice(2)).toEqual(["jump worker-1 -1500", "jump worker-2 -1500"]);
  expect(sprung).toEqual(["worker-1", "worker-2"]);
});

test.each([partition("worker-1", "redis", { way: "there" }), clockJump("worker-1", { by: "5s" })])(
  "a world that is not simulated refuses $action, with the way out",
  async (fault) => {
    const struck = strike(new FakeWorld("worker-1"), fault);
    await expect(struck).rejects.toThrow(UsageError);
    await expect(struck).rejects.toMatchObject({ hint: "use --world sim" });
    expect(fault.needsSimulation).toBe(true);
  },
);
