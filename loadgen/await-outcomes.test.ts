import { describe, expect, test } from "vitest";

import { systemClock } from "../core/mod.ts";
import { awaitOutcomes } from "./await-outcomes.ts";
import { deadUrl, fakeGateway, memoryWitness, type FakeAnswer, type SeenRequest } from "./fake-gateway.test-support.ts";

const clock = systemClock();
const inState = (state: string): FakeAnswer => ({ status: 200, body: { state, epoch: 1, log: [] } });

describe("awaitOutcomes", () => {
  test("reads again only what had not ended, through the gateways in turn, and writes each end down once", async () => {
    const reads = new Map<string, number>();
    const progress = ({ path }: SeenRequest): FakeAnswer => {
      const job = path.slice(-1);
      const count = (reads.get(job) ?? 0) + 1;
      reads.set(job, count);
      return inState(count >= { a: 1, b: 3 }[job]! ? "SUCCEEDED" : "RUNNING");
    };
    await using one = await fakeGateway("gateway-1", progress);
    await using two = await fakeGateway("gateway-2", progress);
    const witness = memoryWitness();
    const options = { gateways: [one, two], apiKey: "key", clock, witness, withinMs: 20_000 };
    expect(await awaitOutcomes(["a", "b"], options)).toEqual([]);
    expect(reads).toEqual(
      new Map([
        ["a", 1],
        ["b", 3],
      ]),
    );
    expect(Math.min(one.seen.length, two.seen.length)).toBeGreaterThan(0);
    expect(witness.seen).toHaveLength(2);
    expect(witness.seen).toContainEqual({
      kind: "job-read",
      job: "a",
      via: "gateway-1",
      state: "SUCCEEDED",
      epoch: 1,
    });
  });

  test("returns what is still missing when the time is up", async () => {
    await using gateway = await fakeGateway("gateway-1", ({ path }) =>
      inState(path.endsWith("a") ? "FAILED" : "RUNNING"),
    );
    const witness = memoryWitness();
    const options = { gateways: [gateway], apiKey: "key", clock, witness, withinMs: 2_000 };
    expect(await awaitOutcomes(["a", "b", "c"], options)).toEqual(["b", "c"]);
  });

  test("counts a job as missing while nobody can tell about it", async () => {
    const witness = memoryWitness();
    const gone = { id: "gateway-1", url: await deadUrl() };
    expect(await awaitOutcomes(["a"], { gateways: [gone], apiKey: "key", clock, witness, withinMs: 100 })).toEqual([
      "a",
    ]);
    expect(await awaitOutcomes([], { gateways: [], apiKey: "key", clock, witness, withinMs: 100 })).toEqual([]);
  });

  test("stops when it is told to", async () => {
    const stop = new AbortController();
    await using gateway = await fakeGateway("gateway-1", (_, index) => {
      if (index === 2) stop.abort();
      return inState("RUNNING");
    });
    const options = { gateways: [gateway], apiKey: "key", clock, witness: memoryWitness(), withinMs: 600_000 };
    expect(await awaitOutcomes(["a"], { ...options, signal: stop.signal })).toEqual(["a"]);
  });
});
