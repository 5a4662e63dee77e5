import { describe, expect, test } from "vitest";

import { RingLog } from "./ring-log.ts";

describe("the log of a simulated replica", () => {
  test("keeps the last 200 lines, from its level on, over all lives", () => {
    const ring = new RingLog();
    ring.open(() => 1, "warn").info("too quiet");
    const first = ring.open(() => 1, "info");
    for (let index = 0; index < 150; index++) first.info("first life", { index });
    const second = ring.open(() => 2, "info");
    for (let index = 0; index < 100; index++) second.error("second life", { index });
    const lines = ring.lines();
    expect(lines).toHaveLength(200);
    expect(lines[0]).toEqual({ atMs: 1, level: "info", message: "first life", facts: { index: 50 } });
    expect(lines.at(-1)).toEqual({ atMs: 2, level: "error", message: "second life", facts: { index: 99 } });
  });
});
