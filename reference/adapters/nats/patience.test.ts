import { expect, test } from "vitest";

import { systemClock } from "../../../core/mod.ts";
import { fulfilledWithin, retryWithin } from "./patience.ts";

const clock = systemClock();
const never = new Promise<void>(() => undefined);

test("a promise is in time, or too late, or broken", async () => {
  await expect(fulfilledWithin(clock, 60_000, Promise.resolve())).resolves.toBe(true);
  await expect(fulfilledWithin(clock, 1, never)).resolves.toBe(false);
  await expect(fulfilledWithin(clock, 60_000, never, AbortSignal.abort())).resolves.toBe(false);
  await expect(fulfilledWithin(clock, 60_000, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});

test("retries end with the first success", async () => {
  let attempts = 0;
  const third = async (): Promise<number> => {
    attempts++;
    return attempts === 3 ? attempts : Promise.reject(new Error("not yet"));
  };
  await expect(retryWithin(clock, 60_000, third)).resolves.toBe(3);
});

test("retries end with the limit, and at once with a final error", async () => {
  let attempts = 0;
  const fail = (): Promise<never> => Promise.reject(new Error(`attempt ${++attempts}`));
  await expect(retryWithin(clock, 120, fail)).rejects.toThrow("attempt 2");
  await expect(retryWithin(clock, 60_000, fail, () => true)).rejects.toThrow("attempt 3");
});
