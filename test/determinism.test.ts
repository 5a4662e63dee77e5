import { afterAll, expect, test } from "vitest";

import { startChild } from "./determinism/child-runner.ts";
import { explain, firstDifference } from "./determinism/first-difference.ts";
import { recipeFor } from "./determinism/recipes.ts";
import { hereRunner, type HashedRun, type Runner } from "./determinism/runner.ts";

/** A machine that others use too may take its time. */
const patienceMs = 180_000;

const children = [startChild("the first child"), startChild("the second child")];
afterAll(() => children.forEach((child) => child[Symbol.dispose]()));

test.each([5, 6, 10])(
  "seed %i comes to the same trace hash each time, in this process and in two others",
  async (seed) => {
    const events: number[] = [];
    const difference = await firstDifference(recipeFor(seed), 4, [hereRunner, ...children], ({ kernelEvents }) =>
      events.push(kernelEvents),
    );
    expect(difference).toBeUndefined();
    expect(events).toHaveLength(4);
    expect(Math.min(...events)).toBeGreaterThan(1_000);
  },
  patienceMs,
);

test("those seeds lose a Redis, a leader of NATS, and, as the swarm draws it, a scheduler between two of its calls", () => {
  const actionsOf = (seed: number): string[] => recipeFor(seed).faults.map(({ fault }) => fault.action);
  expect(actionsOf(5)).toContain("failOver");
  expect(actionsOf(6)).toContain("loseLeader");
  expect(actionsOf(10)).toContain("crashAt");
});

test("another seed comes to another trace hash", async () => {
  const recipe = recipeFor(3);
  const [one, other] = [await hereRunner.run(recipe), await hereRunner.run({ ...recipe, seed: "another" })];
  expect(one.hash).not.toBe(other.hash);
});

test("a run that differs is found, with the first step that does", async () => {
  const step = (detail: string) => ({ at: 1, who: "gateway-1", what: "from redis", detail, size: 3, digest: 0xab });
  const runOf = (details: string[]): HashedRun => ({ hash: details.join(), kernelEvents: 2, trace: details.map(step) });
  const steady: Runner = { name: "steady", run: () => Promise.resolve(runOf(["GET a", "GET b"])) };
  const fickle: Runner = { name: "fickle", run: () => Promise.resolve(runOf(["GET a", "GET c"])) };
  expect(await firstDifference(recipeFor(0), 4, [steady, steady])).toBeUndefined();
  const difference = await firstDifference(recipeFor(0), 4, [steady, fickle]);
  expect(difference).toMatchObject({ number: 2, runner: fickle, hash: "GET a,GET c", expected: "GET a,GET b" });
  expect(await explain(difference!, steady)).toEqual([
    "the first 1 steps are the same; the last of them:",
    "    1.000000 gateway-1 from redis GET a 3 ab",
    "then steady: 1.000000 gateway-1 from redis GET b 3 ab",
    "but fickle: 1.000000 gateway-1 from redis GET c 3 ab",
  ]);
});
