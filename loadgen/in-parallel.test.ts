import { describe, expect, test } from "vitest";

import { inParallel } from "./in-parallel.ts";

describe("inParallel", () => {
  test("does everything once, in order, and never more at once than it may", async () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel(items, 4, async (item, index) => {
      expect(index).toBe(item);
      begun.push(item);
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
    });
    expect(begun).toEqual(items);
    expect(most).toBe(4);
  });

  test("does nothing for nothing", async () => {
    await expect(inParallel([], 4, () => Promise.reject(new Error("never called")))).resolves.toBeUndefined();
  });
});
