import { describe, expect, test } from "vitest";

import { simulated } from "../kernel.test-support.ts";
import { MemoryHistory } from "./memory-history.ts";
import { realmWitness } from "./realm-witness.ts";

const sample = { kind: "sample", name: "x", value: 1 } as const;

describe("the witness in a realm", () => {
  test("tells true times, though its clock runs fast", async () => {
    const [event] = await simulated(async ({ kernel, realmOf }) => {
      const history = new MemoryHistory(kernel);
      const { realm } = realmOf("scheduler-1").host;
      realm.clock.drift(2);
      await kernel.clock.sleep(100);
      const sentAt = realm.clock.now() - 50;
      realmWitness(history, realm).record({ kind: "write", job: "a", accepted: true, to: "PENDING", epoch: 1, sentAt });
      return history.events;
    });
    expect(event).toMatchObject({ at: 100, sentAt: 75, who: "scheduler-1" });
  });

  test("has nothing to tell once its realm is dead", async () => {
    const events = await simulated(async ({ kernel, realmOf }) => {
      const history = new MemoryHistory(kernel);
      const { realm } = realmOf("scheduler-1").host;
      realm.end({ why: "killed" });
      realmWitness(history, realm).record(sample);
      return history.events;
    });
    expect(events).toEqual([]);
  });
});
