import { expect, test } from "vitest";

import { deliveries } from "./deliveries.ts";

const silent = { count: (): void => {} };

test("flush waits for what is in flight, and for what begins meanwhile", async () => {
  const inFlight = deliveries(silent);
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  inFlight.start(() => first.promise);
  let flushed = false;
  const flush = inFlight.flush().then(() => (flushed = true));
  inFlight.start(() => second.promise);
  first.resolve();
  await first.promise;
  expect(flushed).toBe(false);
  second.resolve();
  await flush;
  expect(flushed).toBe(true);
});

test("what is over the limit is left to the sweep, and counted", async () => {
  const counted: string[] = [];
  const inFlight = deliveries({ count: (metric) => void counted.push(metric) }, 2);
  const slow = Promise.withResolvers<void>();
  let begun = 0;
  const begin = (): Promise<void> => {
    begun++;
    return slow.promise;
  };
  for (let index = 0; index < 5; index++) inFlight.start(begin);
  expect({ begun, counted }).toEqual({ begun: 2, counted: Array.from({ length: 3 }, () => "outboxFailed") });
  slow.resolve();
  await inFlight.flush();
  inFlight.start(begin);
  expect(begun).toBe(3);
});
