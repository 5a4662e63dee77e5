import { describe, expect, it } from "vitest";

import { attemptFate, type AttemptSighting } from "./attempt-fate.ts";
import { WorkerRegistry } from "./worker-registry.ts";

function fateOf(fields: Partial<AttemptSighting>): string {
  return attemptFate({ worker: undefined, session: "one", idleMs: 10_000, canJudge: true, nowMs: 60_000, ...fields });
}

function heard(session: string, atMs: number, leaving = false): AttemptSighting["worker"] {
  const registry = new WorkerRegistry(30_000);
  const heartbeat = { worker_id: "w", topics: [], active_jobs: 0, max_parallel_jobs: 1, session, leaving };
  registry.observe(heartbeat, atMs, 0);
  return registry.find("w", atMs);
}

describe("the fate of an attempt's worker", () => {
  it("is death only for one who could have heard it", () => {
    expect(fateOf({})).toBe("gone");
    expect(fateOf({ canJudge: false })).toBe("unknown");
  });

  it("is life while its session is heard, until it leaves", () => {
    expect(fateOf({ worker: heard("one", 55_000) })).toBe("alive");
    expect(fateOf({ worker: heard("one", 55_000, true) })).toBe("leaving");
  });

  it("is death when another life began after the attempt was given", () => {
    expect(fateOf({ worker: heard("two", 55_000), idleMs: 5_001 })).toBe("gone");
  });

  it("is open when the attempt is younger than the life that was heard: the heartbeats are behind", () => {
    expect(fateOf({ worker: heard("two", 55_000), idleMs: 5_000 })).toBe("unknown");
    expect(fateOf({ worker: heard("two", 55_000), idleMs: -Infinity })).toBe("unknown");
  });
});
