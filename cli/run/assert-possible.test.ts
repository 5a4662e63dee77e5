import { expect, test } from "vitest";

import { at, clockJump, crashAt, kill, loseLeader, partition } from "../../chaos/mod.ts";
import type { WorldKind } from "../../core/mod.ts";
import { assertPossible } from "./assert-possible.ts";

const usual = at("1s", kill("worker-1"));

test.each([
  [partition("worker-1", "nats", { way: "there" }), "odd has a fault that only a simulated world can do: partition"],
  [clockJump("scheduler.leader", { by: "5s" }), "clockJump scheduler.leader"],
  [loseLeader("nats"), "odd strikes nats itself (loseLeader)"],
])("$action is refused outside of a simulated world, with the way out", (fault, complaint) => {
  const judge = (world: WorldKind) => () => assertPossible("odd", { faults: [usual, at("2s", fault)] }, world);
  for (const world of ["local", "compose"] as const) {
    expect(judge(world)).toThrow(complaint);
    expect(judge(world)).toThrow(expect.objectContaining({ hint: "use --world sim" }));
  }
  expect(judge("sim")).not.toThrow();
});

test("a trap is refused in containers only", () => {
  const faults = [usual, at("2s", crashAt("worker-1", "jobs.claim"))];
  expect(() => assertPossible("odd", { faults }, "compose")).toThrow("odd needs a trap inside worker-1 (crash)");
  for (const world of ["local", "sim"] as const) expect(() => assertPossible("odd", { faults }, world)).not.toThrow();
});
