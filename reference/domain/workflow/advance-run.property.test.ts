import * as fc from "fast-check";
import { expect, test } from "vitest";

import { parseDefinition } from "./parse-definition.ts";
import { randomDocument } from "./random-definition.test-support.ts";
import { RandomWorld, randomAct } from "./random-world.test-support.ts";
import { examineWhole } from "./run-invariants.test-support.ts";

const numRuns = 250;

test("whatever happens in whatever order: each attempt begins once and in its turn, and every run ends", () => {
  const ends: string[] = [];
  fc.assert(
    fc.property(randomDocument, fc.nat({ max: 4 }), fc.array(randomAct, { maxLength: 60 }), (document, items, acts) => {
      const world = new RandomWorld(parseDefinition(document), items);
      for (const act of acts) world.plays(act);
      examineWhole(world);
      world.comesToRest();
      examineWhole(world);
      ends.push(world.run.state);
    }),
    { numRuns },
  );
  expect(new Set(ends), "the acts lead to every end").toEqual(
    new Set(["succeeded", "failed", "cancelled", "timed_out"]),
  );
});

test("a run of which nothing fails succeeds, and each of its jobs has one attempt", () => {
  fc.assert(
    fc.property(randomDocument, fc.nat({ max: 4 }), (document, items) => {
      const { id, name, steps } = parseDefinition(document);
      const world = new RandomWorld({ id, name, steps }, items);
      world.comesToRest();
      examineWhole(world);
      expect(world.run.state).toBe("succeeded");
      expect(world.submitted.filter((job) => !job.endsWith("@1"))).toEqual([]);
    }),
    { numRuns },
  );
});
