import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { planTrials, reproduceCommand } from "./plan.ts";

const choices = { seed: "7", tuning: "fast", set: [], without: [] };

test("embedded servers are part of a local trial, and of the command that does it again", () => {
  const [plan] = planTrials("two-replica-health", { ...choices, servers: "embedded" });
  expect(plan?.servers).toBe("embedded");
  expect(plan && reproduceCommand(plan)).toContain(" --servers embedded");
  const [real] = planTrials("two-replica-health", { ...choices, servers: "real" });
  expect(real && reproduceCommand(real)).not.toContain("--servers");
});

test("a world that brings its own servers refuses embedded ones", () => {
  const refused = () => planTrials("two-replica-health", { ...choices, world: "compose", servers: "embedded" });
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow("--world compose brings its own servers");
  expect(planTrials("two-replica-health", { ...choices, world: "compose", servers: "real" })).toHaveLength(1);
});
