import { expect, test } from "vitest";

import { Recorder } from "../bus/recorder.ts";
import { windowFigures, type WindowEvidence } from "./window-figures.ts";

const ledger = { accepted: 0, delivered: 0, deadLettered: 0, queued: 0, inBackoff: 0, inHand: 0, givenBack: 0 };

/** A hundred messages a second on two shards in turn; each waits 10 ms and takes 20. */
function steady(lagMs = 1): WindowEvidence {
  const recorder = new Recorder(200);
  for (let index = 0; index < 200; index++) {
    const sentAt = index * 10;
    recorder.accepted(index, sentAt, sentAt + 2, index % 2);
    recorder.taken(index, sentAt + 10);
    recorder.started(index, sentAt + 10);
    recorder.ended(index, sentAt + 30);
  }
  return evidence(recorder, lagMs);
}

function evidence(recorder: Recorder, lagMs = 1): WindowEvidence {
  return {
    utilisation: 0.5,
    fromMs: 1_000,
    toMs: 2_000,
    shards: 2,
    workersPerShard: 2,
    hottestShard: 1,
    record: recorder.record(ledger),
    lagMs: new Float64Array(200).fill(lagMs),
    marks: [
      { atMs: 1_000, cpuMs: 500, meanQueued: 9 },
      { atMs: 2_000, cpuMs: 700, meanQueued: 0.8 },
    ],
  };
}

test("a window counts what was sent and what ended in it, and leaves the warm-up out", () => {
  const figures = windowFigures(steady());
  expect(figures).toMatchObject({ offeredPerSecond: 100, deliveredPerSecond: 100, messages: 100, refused: 0 });
  expect(figures.wait).toEqual({ messages: 100, meanMs: 10, p50Ms: 10, p99Ms: 10 });
  expect(figures.hottestWait.messages).toBe(50);
  expect([figures.serviceMs, figures.serviceCv2]).toEqual([20, 0]);
  expect(figures.cpuCores).toBeCloseTo(0.2);
  expect(figures.cpuMsPerMessage).toBeCloseTo(2);
});

test("Little's law is put together from two witnesses: the bus's gauge, and the waits inside it", () => {
  expect(windowFigures(steady()).little).toEqual({ gauge: 0.8, byWaits: 0.8 });
});

test("a shard that ends less than it is sent does not follow", () => {
  const recorder = new Recorder(200);
  for (let index = 0; index < 200; index++) {
    recorder.accepted(index, index * 10, index * 10, index % 2);
    if (index % 2 === 1 && index % 3 > 0) continue;
    recorder.started(index, index * 10);
    recorder.ended(index, index * 10 + 1);
  }
  const { shards, worstShardFollows } = windowFigures(evidence(recorder));
  expect(shards[0]?.follows).toBe(1);
  expect(shards[1]?.follows).toBeLessThan(0.5);
  expect(worstShardFollows).toBe(shards[1]?.follows);
});

test("the generator is sick where it is later than a service takes", () => {
  expect(windowFigures(steady(19)).generator.healthy).toBe(true);
  expect(windowFigures(steady(21)).generator).toEqual({ p50Ms: 21, p99Ms: 21, healthy: false });
});

test("of a window in which nothing happened, all figures are numbers, and the generator is not healthy", () => {
  const figures = windowFigures(evidence(new Recorder(0)));
  expect(JSON.stringify(figures)).not.toContain("null");
  expect(figures.generator.healthy).toBe(false);
});
