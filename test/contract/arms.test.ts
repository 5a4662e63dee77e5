import { describe, expect, test } from "vitest";

import { useArms } from "./arms.test-support.ts";
import { simulatedArm } from "./simulated.test-support.ts";
import type { Ports } from "./stage.test-support.ts";

describe.each(useArms())("the stage itself, $name", ({ play }) => {
  test("a story that fails is told, and whoever joined has left", async () => {
    let joined: Ports | undefined;
    const failing = play(async ({ join }) => {
      joined = await join("gateway-1");
      expect(await joined.redis.command("INCR", "count")).toBe(2);
    });
    await expect(failing).rejects.toThrow("expected 1 to be 2");
    expect(joined?.bus.connected()).toBe(false);
  });

  test("each story begins with nothing", async () => {
    const count = (): Promise<void> =>
      play(async ({ join }) => {
        const { redis, bus } = await join("gateway-1");
        expect(await redis.command("INCR", "count")).toBe(1);
        expect(await bus.publish({ subject: "job.one", body: "" })).toEqual({ sequence: 1, duplicate: false });
      });
    await count();
    await count();
  });
});

describe("virtual time", () => {
  test("a story of two hours takes no two hours, and happens the same way again, to the microsecond", async () => {
    const told = async (): Promise<string[]> => {
      const lines: string[] = [];
      await simulatedArm.play(async ({ join, clock }) => {
        const { redis, locks } = await join("gateway-1");
        for (let round = 0; round < 24; round++) {
          const lock = await locks.acquire("lock:again", 60_000);
          lines.push(`${clock.now()} ${lock?.section} ${String(await redis.command("TIME"))}`);
          await lock?.release();
          await clock.sleep(300_000);
        }
      });
      return lines;
    };
    const [first, second] = [await told(), await told()];
    expect(first).toHaveLength(24);
    expect(new Set(first).size).toBe(24);
    expect(second).toEqual(first);
  });
});
