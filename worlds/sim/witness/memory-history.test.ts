import { describe, expect, test } from "vitest";

import { simulated } from "../kernel.test-support.ts";
import { MemoryHistory } from "./memory-history.ts";

const sample = { kind: "sample", name: "x", value: 1 } as const;

describe("the history of a simulated trial", () => {
  test("stamps what a witness sees with the true time, to the microsecond", async () => {
    const [event] = await simulated(async ({ kernel }) => {
      const history = new MemoryHistory(kernel);
      await kernel.clock.sleep(12.345678);
      history.witness("load").record(sample);
      return history.events;
    });
    expect(event).toEqual({ ...sample, at: 12.346, who: "load" });
  });

  test("puts what is told late in its place", async () => {
    const events = await simulated(async ({ kernel }) => {
      const history = new MemoryHistory(kernel);
      await kernel.clock.sleep(10);
      history.witness("load").record({ ...sample, value: 1 });
      history.witness("load").record({ ...sample, value: 2, at: 5 });
      return history.events;
    });
    expect(events.map(({ at }) => at)).toEqual([5, 10]);
  });

  test("is a part of the trace's hash", async () => {
    const hashOf = (value: number): Promise<string> =>
      simulated(async ({ kernel }) => {
        new MemoryHistory(kernel).witness("load").record({ ...sample, value });
        return kernel.trace.hash();
      });
    expect(await hashOf(1)).toBe(await hashOf(1));
    expect(await hashOf(1)).not.toBe(await hashOf(2));
  });
});
