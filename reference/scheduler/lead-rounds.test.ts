import { describe, expect, it } from "vitest";

import { StoreTime } from "../domain/store-time.ts";
import { Background } from "../replica/background.ts";
import { leadRounds } from "./lead-rounds.ts";
import { quiet } from "./manual-clock.test-support.ts";
import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { DueTimers } from "../replica/due-timers.ts";
import type { DueRetry } from "./scheduler-context.ts";
import { WorkerWatch } from "./worker-watch.ts";

const everyMs = 30_000;

interface Leading {
  readonly plane: MemoryPlane;
  /** For each round, when it began and whether news called for it. */
  readonly rounds: { readonly atMs: number; readonly woken: boolean }[];
  readonly term: AbortController;
  readonly over: Promise<void>;
}

function lead(round: () => Promise<void> = () => Promise.resolve()): Leading {
  const plane = new MemoryPlane();
  const env = plane.environment("scheduler-1");
  const config = configOf();
  const workers = new WorkerWatch(env, config.workerTtlMs);
  const retries = new DueTimers<DueRetry>(env.clock, () => Promise.resolve());
  const context = { env, config, workers, retries, storeTime: new StoreTime(), background: new Background(env.log) };
  const rounds: Leading["rounds"] = [];
  const term = new AbortController();
  const over = leadRounds(context, term.signal, {
    name: "test",
    everyMs,
    wakeOn: ["topic-online"],
    round(woken) {
      rounds.push({ atMs: plane.clock.now(), woken });
      return round();
    },
  });
  return { plane, rounds, term, over };
}

describe("a leader's rounds", () => {
  it("begin at once, and come a period apart", async () => {
    const { plane, rounds } = lead();
    await plane.clock.advance(2 * everyMs);
    expect(rounds.map(({ atMs }) => atMs)).toEqual([0, everyMs, 2 * everyMs]);
  });

  it("come at once when there is news that calls for one, and for no other news", async () => {
    const { plane, rounds } = lead();
    await plane.clock.advance(5_000);
    await plane.beat("worker-1");
    await plane.beat("worker-1", { leaving: true });
    expect(rounds).toEqual([
      { atMs: 0, woken: false },
      { atMs: 5_000, woken: true },
    ]);
  });

  it("do not crowd, however much news there is, and none is forgotten", async () => {
    const { plane, rounds } = lead();
    for (let worker = 0; worker < 20; worker++) await plane.beat(`worker-${worker}`, { topics: [`job.${worker}`] });
    await plane.clock.advance(everyMs / 30);
    expect(rounds).toEqual([
      { atMs: 0, woken: false },
      { atMs: everyMs / 30, woken: true },
    ]);
  });

  it("go on after one that failed", async () => {
    const { plane, rounds } = lead(() => Promise.reject(new Error("Redis is away")));
    await plane.clock.advance(everyMs);
    expect(rounds).toHaveLength(2);
    expect(plane.logged[0]).toMatchObject({ level: "warn", facts: { because: "Redis is away" } });
  });

  it("end with the term, after the round that is being made", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { plane, rounds, term, over } = lead(() => promise);
    let isOver = false;
    void over.then(() => (isOver = true));
    term.abort();
    await quiet();
    expect(isOver).toBe(false);
    resolve();
    await over;
    await plane.clock.advance(2 * everyMs);
    expect(rounds).toHaveLength(1);
  });
});
