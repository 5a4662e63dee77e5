import { expect, test } from "vitest";

import { parseDefinition } from "../reference/domain/workflow/mod.ts";
import { approval, condition, forEach, parallel, pauseFor, worker } from "./step-samples.ts";
import { workflow } from "./workflow-sample.ts";

const order = workflow(
  "order",
  {
    reserve: worker({ work: "10ms" }),
    charge: worker({ failAttempts: 2, retry: { max: 3, backoff: "1s" } }),
    cool: pauseFor("1500ms"),
    large: condition("input.amount > 100", { after: [] }),
    inform: parallel(3, { after: ["charge", "large"], when: "steps.large.output" }),
    pack: forEach({ expression: "input.parcels", jobs: 4 }, { maxParallel: 2 }),
    label: forEach(["a", "b"]),
    agree: approval("Ship it?"),
  },
  { input: { amount: 250 }, timeout: "1m" },
);

test("a sample is a document that the plane takes, with the times that it was given", () => {
  const { id, timeoutMs, steps } = parseDefinition(order.document);
  expect({ id, timeoutMs }).toEqual({ id: "order", timeoutMs: 60_000 });
  expect(steps["charge"]).toMatchObject({
    ...{ type: "worker", dependsOn: ["reserve"], input: { workMs: 0, failAttempts: 2 } },
    retry: { maxRetries: 3, initialBackoffMs: 1_000 },
  });
  expect(steps["cool"]).toMatchObject({ type: "delay", delayMs: 1_500, dependsOn: ["charge"] });
  expect(steps["inform"]).toMatchObject({ type: "parallel", need: "all", when: "steps.large.output" });
  expect(steps["pack"]).toMatchObject({ type: "for_each", items: "input.parcels", maxParallel: 2 });
  expect(steps["label"]).toMatchObject({ items: ["a", "b"], maxParallel: 2 });
});

test("its facts say what each step comes after, and how many jobs it makes", () => {
  expect(order.facts.map(({ id, after, jobs }) => [id, after, jobs])).toEqual([
    ["reserve", [], 1],
    ["charge", ["reserve"], 1],
    ["cool", ["charge"], 0],
    ["large", [], 0],
    ["inform", ["charge", "large"], 3],
    ["pack", ["inform"], 4],
    ["label", ["pack"], 2],
    ["agree", ["label"], 0],
  ]);
  expect(order.facts[2]).toMatchObject({ type: "delay", delayMs: 1_500 });
});
