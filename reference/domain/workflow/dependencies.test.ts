import { expect, test } from "vitest";

import { ancestorsOf, findCycle } from "./dependencies.ts";

const graph = (edges: Record<string, string[]>): Record<string, { dependsOn: string[] }> =>
  Object.fromEntries(Object.entries(edges).map(([id, dependsOn]) => [id, { dependsOn }]));

test("ancestors are those that a step waits for, directly or not", () => {
  const steps = graph({ a: [], b: ["a"], c: ["b"], d: ["a", "c"], e: [] });
  expect([...ancestorsOf("d", steps)].toSorted()).toEqual(["a", "b", "c"]);
  expect([...ancestorsOf("a", steps)]).toEqual([]);
});

test("ancestors of a circle are found all the same", () => {
  expect([...ancestorsOf("a", graph({ a: ["b"], b: ["a"] }))].toSorted()).toEqual(["a", "b"]);
});

test.each([
  [{ a: [], b: ["a"] }, undefined],
  [{ a: ["a"] }, ["a", "a"]],
  [{ a: ["b"], b: ["c"], c: ["b"] }, ["b", "c", "b"]],
  [{ a: ["nowhere"] }, undefined],
  [{ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, undefined],
])("%j has the circle %j", (edges, cycle) => {
  expect(findCycle(graph(edges))).toEqual(cycle);
});

test("a long chain of diamonds is looked at once, not once for each way through it", () => {
  const edges: Record<string, string[]> = { a0: [] };
  for (let level = 1; level < 60; level++) {
    edges[`a${level}`] = [`l${level}`, `r${level}`];
    edges[`l${level}`] = [`a${level - 1}`];
    edges[`r${level}`] = [`a${level - 1}`];
  }
  expect(findCycle(graph(Object.fromEntries(Object.entries(edges).toReversed())))).toBeUndefined();
});
