import { describe, expect, test } from "vitest";

import { inFlight } from "./in-flight.ts";

describe("inFlight", () => {
  test("counts what has not ended", async () => {
    const flying = inFlight();
    const { promise, resolve } = Promise.withResolvers<void>();
    flying.start(promise);
    expect(flying.size).toBe(1);
    resolve();
    await flying.landed();
    expect(flying.size).toBe(0);
  });

  test("keeps the first failure until somebody asks, and waits for the others", async () => {
    const flying = inFlight();
    const { promise, resolve } = Promise.withResolvers<void>();
    flying.start(Promise.reject(new Error("the disk is full")));
    flying.start(promise);
    const landed = flying.landed();
    resolve();
    await expect(landed).rejects.toThrow("the disk is full");
    expect(flying.failed).toBe(true);
    expect(flying.size).toBe(0);
  });
});
