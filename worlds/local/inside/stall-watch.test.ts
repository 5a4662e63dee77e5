import { expect, test } from "vitest";

import type { Clock, Observation } from "../../../core/mod.ts";
import { watchStalls } from "./stall-watch.ts";

test("a gap of more than 100 ms between two turns is a stall, and a shorter one is not", () => {
  const stalls: Observation[] = [];
  let now = 0;
  let turn = (): void => {};
  const clock = { now: () => now, every: (_period: number, run: () => void) => ((turn = run), { cancel() {} }) };
  watchStalls(clock as unknown as Clock, { record: (event) => stalls.push(event) });
  for (const at of [25, 50, 150, 175, 675.25, 700]) {
    now = at;
    turn();
  }
  expect(stalls).toEqual([{ kind: "stall", lastedMs: 500.3 }]);
});
