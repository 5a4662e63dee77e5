import { describe, expect, test } from "vitest";

import type { HistoryEvent, HttpResult, ReplicaEvent } from "../../core/mod.ts";
import { onPlane } from "./plane.test-support.ts";

const one = { gateways: 1, schedulers: 1, workers: 1 };

function bodyOf(result: HttpResult): unknown {
  return result.answered ? result.body : undefined;
}

function jobOf(result: HttpResult): string {
  return (bodyOf(result) as { job_id: string }).job_id;
}

function phasesOf(events: readonly HistoryEvent[], id: string): string[] {
  const own = events.filter((event): event is ReplicaEvent => event.kind === "replica" && event.replica === id);
  return own.map(({ phase }) => phase);
}

describe("a simulated plane", () => {
  test("does a job, and its witnesses see it happen", async () => {
    const [state, kinds] = await onPlane(one, async ({ submit, stateOf, pass, events }) => {
      const job = jobOf(await submit());
      await pass(100);
      const seen = events
        .filter((event) => "job" in event && event.job === job)
        .map(({ who, kind }) => `${who} ${kind}`);
      return [await stateOf(job), new Set(seen)] as const;
    });
    expect(state).toBe("SUCCEEDED");
    expect(kinds).toContain("tap dispatch");
    expect(kinds).toContain("sink effect");
    expect(kinds).toContain("worker-1 execution");
    expect(kinds).toContain("scheduler-1 write");
  });

  test("does not pass for a plane on real servers", async () => {
    const versions = await onPlane(one, async ({ world }) => world.versions);
    expect(versions).toEqual({ redis: "7.0.15 (simulated)", nats: "2.9.10 (simulated)" });
  });

  test("tells its leader and its followers apart, and grows", async () => {
    const picked = await onPlane({ ...one, schedulers: 2 }, async ({ world }) => {
      const [leader = ""] = await world.pick("scheduler.leader");
      const joined = await world.join("scheduler");
      return { leader, joined, followers: await world.pick("scheduler.follower") };
    });
    expect(picked.joined).toBe("scheduler-3");
    expect([picked.leader, ...picked.followers].toSorted()).toEqual(["scheduler-1", "scheduler-2", "scheduler-3"]);
  });

  test("names what it was not given", async () => {
    await onPlane(one, async ({ world }) => {
      await expect(world.pick("schedulr")).rejects.toThrow('"schedulr" means no replica');
      const cut = { kind: "cut" } as const;
      await expect(world.disturb({ from: "clients", to: "redis" }, cut)).rejects.toThrow('"redis" means no replica');
      await expect(world.disturb({ from: "worker-1", to: "gateway-1" }, cut)).rejects.toThrow("There is no link");
      await expect(world.setTrap("worker-1", { call: "bus.pulbish", when: "before", action: "kill" })).rejects.toThrow(
        "bus.publish",
      );
    });
  });
});

describe("a fault in a simulated plane", () => {
  test("that kills a replica: it is refused, and comes back under its address", async () => {
    const [dead, back, phases] = await onPlane(one, async ({ world, health, events }) => {
      await world.kill("gateway-1");
      const refused = await health("gateway-1");
      await world.restart("gateway-1");
      return [refused, await health("gateway-1"), phasesOf(events, "gateway-1")] as const;
    });
    expect(dead).toMatchObject({ answered: false, sent: false });
    expect(back).toMatchObject({ answered: true, status: 200 });
    expect(phases).toEqual(["starting", "ready", "exited", "starting", "ready"]);
  });

  test("that pauses a replica: it does not answer, and answers again", async () => {
    const [asleep, awake] = await onPlane(one, async ({ world, health }) => {
      await world.pause("gateway-1");
      const silent = await health("gateway-1");
      await world.resume("gateway-1");
      return [silent, await health("gateway-1")] as const;
    });
    expect(asleep).toMatchObject({ answered: false, sent: true });
    expect(awake).toMatchObject({ answered: true, status: 200 });
  });

  test("that kills a scheduler between two calls: the job is done once all the same", async () => {
    const [dispatches, state] = await onPlane(
      { ...one, schedulers: 2 },
      async ({ world, submit, stateOf, ...plane }) => {
        const traps = await Promise.all(
          ["scheduler-1", "scheduler-2"].map((id) =>
            world.setTrap(id, { call: "bus.publish", when: "after", action: "kill" }),
          ),
        );
        const job = jobOf(await submit());
        await Promise.race(traps.map(({ sprung }) => sprung));
        await Promise.all(traps.map((trap) => trap.remove()));
        await plane.pass(120_000);
        return [plane.events.filter(({ kind }) => kind === "dispatch").length, await stateOf(job)] as const;
      },
    );
    expect(dispatches).toBe(1);
    expect(state).toBe("SUCCEEDED");
  });

  test("that kills at a call which answers at once: that replica alone is gone", async () => {
    const exits = await onPlane(one, async ({ world, events, pass }) => {
      await world.setTrap("worker-1", { call: "bus.broadcast", when: "before", action: "kill" });
      await pass(60_000);
      return events.filter((event) => event.kind === "replica" && event.phase === "exited");
    });
    expect(exits).toMatchObject([{ replica: "worker-1", signal: "SIGKILL" }]);
  });

  test("that cuts a link: who is behind it says so, and nobody else", async () => {
    const answers = await onPlane(one, async ({ world, health, pass }) => {
      const cut = await world.disturb({ from: "gateway-1", to: "redis" }, { kind: "cut" });
      const during = [await health("gateway-1"), await health("scheduler-1")];
      await cut.heal();
      await pass(2_000);
      return [...during, await health("gateway-1")].map((answer) => answer.answered && answer.status);
    });
    expect(answers).toEqual([503, 200, 200]);
  });

  test("that swallows everything: the silence is noticed after three pings, and ends with the fault", async () => {
    const seen = await onPlane(one, async ({ world, health, pass }) => {
      const hole = await world.disturb({ from: "scheduler-1", to: "nats" }, { kind: "blackhole" });
      const states: unknown[] = [];
      for (const waitMs of [5_000, 6_000]) {
        await pass(waitMs);
        states.push(bodyOf(await health("scheduler-1")));
      }
      await hole.heal();
      await pass(3_000);
      return [...states, bodyOf(await health("scheduler-1"))];
    });
    expect(seen).toMatchObject([
      { nats: { connected: true } },
      { nats: { connected: false } },
      { nats: { connected: true } },
    ]);
  });

  test("that loses replies: the job is stored, and its client does not know", async () => {
    const [answer, effects] = await onPlane(one, async ({ world, submit, pass, events }) => {
      const lost = await world.disturb({ from: "clients", to: "gateway-1" }, { kind: "loseReply" });
      const result = await submit();
      await lost.heal();
      await pass(1_000);
      return [result, events.filter(({ kind }) => kind === "effect").length] as const;
    });
    expect(answer).toMatchObject({ answered: false, sent: true });
    expect(effects).toBe(1);
  });
});

describe("the conditions of a simulated plane", () => {
  test("set its clocks wrong, the same with the same seed", async () => {
    const logged = (): Promise<string[]> =>
      onPlane(
        one,
        async ({ submit, stateOf, pass }) => {
          const job = jobOf(await submit());
          await pass(1_000);
          return [job, String(await stateOf(job))];
        },
        { skewMaxMs: 60_000, driftMax: 0.01 },
      );
    const [first, second] = [await logged(), await logged()];
    expect(first).toEqual(second);
    expect(first[1]).toBe("SUCCEEDED");
  });

  test("let requests of clients come twice, and messages be lost and come again", async () => {
    const effects = await onPlane(
      one,
      async ({ submit, pass, events }) => {
        await submit();
        await pass(10_000);
        return events.filter(({ kind }) => kind === "effect").length;
      },
      { duplication: 1, loss: 0.05 },
    );
    expect(effects).toBe(2);
  });
});
