import { describe, expect, test } from "vitest";

import type { Disturbed, HttpResult, Way } from "../../core/mod.ts";
import { birthOf } from "../../reference/gateway/job-id.ts";
import { onPlane } from "./plane.test-support.ts";
import type { SimWorld } from "./sim-world.ts";

const one = { gateways: 1, schedulers: 1, workers: 1 };

function lose(world: SimWorld, from: string, to: string, way: Way): Promise<Disturbed> {
  return world.partition!({ from, to }, way);
}

function bodyOf(result: HttpResult): unknown {
  return result.answered ? result.body : undefined;
}

describe("a partition of a simulated link", () => {
  test.each(["there", "back"] as const)(
    "%s: the replica misses NATS after a while, and finds it again",
    async (way) => {
      const seen = await onPlane(one, async ({ world, health, pass }) => {
        const lost = await lose(world, "scheduler-1", "nats", way);
        await pass(60_000);
        const during = bodyOf(await health("scheduler-1"));
        await lost.heal();
        await pass(60_000);
        return [during, bodyOf(await health("scheduler-1"))];
      });
      expect(seen).toMatchObject([{ nats: { connected: false } }, { nats: { connected: true } }]);
    },
  );

  test.each([
    ["there", 0],
    ["back", 1],
  ] as const)(
    "%s, between clients and a gateway: %i jobs take effect while the client knows nothing",
    async (way, done) => {
      const [answer, during] = await onPlane(one, async ({ world, submit, pass, events }) => {
        // The connection is there already: a partition lets none be opened.
        await submit();
        await pass(1_000);
        const lost = await lose(world, "clients", "gateway-1", way);
        const before = events.filter(({ kind }) => kind === "effect").length;
        const result = await submit();
        const effects = events.filter(({ kind }) => kind === "effect").length - before;
        await lost.heal();
        return [result, effects] as const;
      });
      expect(answer).toMatchObject({ answered: false });
      expect(during).toBe(done);
    },
  );

  test("is refused where there is no link", async () => {
    await onPlane(one, async ({ world }) => {
      const refused = lose(world, "worker-1", "gateway-1", "there");
      await expect(refused).rejects.toThrow("There is no link from worker-1 to gateway-1");
    });
  });
});

describe("a clock of a simulated plane that jumps", () => {
  test("is ahead until it jumps back, also in the next life of its replica, and no timer notices", async () => {
    const births = await onPlane(one, async ({ world, submit, pass }) => {
      const birth = async (): Promise<number> => {
        const { job_id: job } = bodyOf(await submit()) as { job_id: string };
        return birthOf(job);
      };
      const before = await birth();
      await world.jumpClock!("gateway-1", 3_600_000);
      const ahead = await birth();
      await world.kill("gateway-1");
      await world.restart("gateway-1");
      await pass(100);
      const stillAhead = await birth();
      await world.jumpClock!("gateway-1", -3_600_000);
      return [ahead - before, stillAhead - before, (await birth()) - before];
    });
    expect(births.map((ms) => Math.floor(ms / 60_000))).toEqual([60, 60, 0]);
  });

  test("leaves the clocks of others alone, and there must be such a replica", async () => {
    await onPlane(one, async ({ world, submit, pass }) => {
      const before = birthOf((bodyOf(await submit()) as { job_id: string }).job_id);
      await world.jumpClock!("scheduler-1", 3_600_000);
      await pass(1_000);
      const after = birthOf((bodyOf(await submit()) as { job_id: string }).job_id);
      expect(after - before).toBeLessThan(60_000);
      await expect(world.jumpClock!("scheduler-9", 1)).rejects.toThrow('"scheduler-9" means no replica');
    });
  });
});
