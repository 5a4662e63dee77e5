import { expect, test } from "vitest";

import { faultFromData, type FaultData } from "../../chaos/mod.ts";
import { scenarios } from "../../scenarios/mod.ts";
import { planOfRecipe } from "../recipe/plan-of-recipe.ts";
import { operationsIn, type PlannedFaultData, type Recipe } from "../recipe/recipe.ts";
import { baseRecipes } from "./choices.ts";
import { drawSwarm } from "./swarm.ts";
import { loadsLastMs } from "./swarm/draw-loads.ts";
import { strikesServer } from "./swarm/draw-server-faults.ts";
import { aimOf, countOf } from "./swarm/roles.ts";

const names = Object.keys(scenarios);
const seeds = Array.from({ length: 40 }, (_, index) => `${index}`);

function basesOf(name: string): Recipe {
  return baseRecipes(name, { tuning: "default", set: [], without: [] })[0]!;
}

function swarmOf(name: string): { base: Recipe; drawn: Recipe[] } {
  const base = basesOf(name);
  return { base, drawn: seeds.map((seed) => drawSwarm({ ...base, seed })) };
}

test.each(names)("%s: the same seed draws the same recipe, as plain data, and other seeds draw others", (name) => {
  const { base, drawn } = swarmOf(name);
  expect(seeds.map((seed) => drawSwarm({ ...base, seed }))).toEqual(drawn);
  expect(JSON.parse(JSON.stringify(drawn))).toEqual(drawn);
  expect(new Set(drawn.map((recipe) => JSON.stringify({ ...recipe, seed: "" }))).size).toBe(seeds.length);
});

test.each(names)("%s: whatever is drawn can be planned, and its faults name replicas that are there", (name) => {
  for (const recipe of swarmOf(name).drawn) {
    expect(planOfRecipe(recipe).scenario.faults).toHaveLength(recipe.faults.length);
    for (const { fault } of recipe.faults) {
      expect(faultFromData(fault).selector).toBe(fault.selector);
      const aim = aimOf(fault);
      if (aim && fault.action !== "join") {
        expect(aim.number ?? 1).toBeLessThanOrEqual(countOf(recipe.cluster, aim.role));
      }
    }
  }
});

test.each(names)("%s: no role is added or left out, and one that is struck keeps a replica that is not", (name) => {
  const { base, drawn } = swarmOf(name);
  for (const recipe of drawn) {
    expect(Object.keys(recipe.cluster).toSorted()).toEqual(Object.keys(base.cluster).toSorted());
    for (const [role, count] of Object.entries(recipe.cluster)) {
      expect(count > 0).toBe((base.cluster[role as keyof typeof base.cluster] ?? 0) > 0);
    }
    const added = addedIn(recipe, base).filter(({ fault }) => !strikesServer(fault));
    for (const fault of added) {
      expect(fault.healAfterMs).toBeGreaterThan(0);
      expect(countOf(recipe.cluster, aimOf(fault.fault)!.role)).toBeGreaterThanOrEqual(2);
      expect(recipe.faults.filter((other) => other !== fault && strikeTogether(fault, other))).toEqual([]);
    }
  }
});

test.each(names)("%s: at most one server is struck in addition, loses nothing, and is healed", (name) => {
  const { base, drawn } = swarmOf(name);
  const losing = (fault: FaultData): boolean =>
    fault.action === "failOver" || fault.action === "sleepPrimary" || fault.options?.["keepsData"] === false;
  for (const recipe of drawn) {
    const struck = addedIn(recipe, base).filter(({ fault }) => strikesServer(fault));
    expect(struck.length).toBeLessThanOrEqual(1);
    for (const fault of struck) {
      expect(fault.healAfterMs).toBeGreaterThan(0);
      expect(losing(fault.fault)).toBe(false);
      expect(recipe.faults.filter((other) => other !== fault && strikesServer(other.fault))).toEqual([]);
    }
  }
});

test.each(names)("%s: no trap is set when the loads are over, and catches nobody", (name) => {
  const tooLate = swarmOf(name).drawn.flatMap(({ faults, loads }) =>
    faults.filter(({ fault, atMs }) => fault.call !== undefined && atMs >= loadsLastMs(loads)),
  );
  expect(tooLate).toEqual([]);
});

test("over many seeds every kind of fault occurs, networks from loopback to ocean, and quiet ones", () => {
  const drawn = names.flatMap((name) => swarmOf(name).drawn);
  const actions = new Set(drawn.flatMap(({ faults }) => faults.map(({ fault }) => fault.action)));
  const added = [
    "kill",
    "pause",
    "restart",
    "terminate",
    "cut",
    "blackhole",
    "reset",
    "loseReply",
    "delay",
    "throttle",
    "partition",
    "clockJump",
    "loseLeader",
    "restartServer",
  ];
  expect([...actions]).toEqual(expect.arrayContaining(added));
  const means = drawn.map(({ conditions }) => conditions.latency.meanMs);
  expect([Math.min(...means) < 0.1, Math.max(...means) > 40]).toEqual([true, true]);
  for (const trouble of ["loss", "duplication", "skewMaxMs", "driftMax"] as const) {
    const without = drawn.filter(({ conditions }) => conditions[trouble] === 0).length;
    expect(Math.abs(without / drawn.length - 0.5)).toBeLessThan(0.1);
  }
  for (const { conditions } of drawn) {
    const { minMs, meanMs, maxMs } = conditions.latency;
    expect([minMs > 0, minMs <= meanMs, meanMs < maxMs]).toEqual([true, true, true]);
  }
});

test("loads change in rate and shape, stay small, and keep their limits", () => {
  const { base, drawn } = swarmOf("scheduler-failover");
  const sizes = drawn.map(operationsIn);
  expect([Math.min(...sizes) < operationsIn(base) / 2, Math.max(...sizes) <= 240]).toEqual([true, true]);
  expect(new Set(drawn.map(({ loads }) => loads["steady"]?.shape))).toEqual(new Set(["uniform", "poisson"]));
  for (const { loads } of swarmOf("distributed-rate-limit").drawn) {
    expect([loads["even"], loads["burst"]]).toEqual([
      { shape: "uniform", rate: "300/s", count: 240 },
      { shape: "burst", offsetsMs: [-60, 40], countEach: 150 },
    ]);
  }
  for (const { faults } of swarmOf("late-workers").drawn) {
    expect(faults.map(({ fault }) => fault.action)).toContain("join");
  }
});

function addedIn(recipe: Recipe, base: Recipe): PlannedFaultData[] {
  return recipe.faults.filter(({ fault }) => !base.faults.some((own) => own.fault === fault));
}

function strikeTogether(one: PlannedFaultData, other: PlannedFaultData): boolean {
  const end = ({ atMs, healAfterMs = Infinity }: PlannedFaultData): number => atMs + healAfterMs;
  const isSameRole = other.fault.action !== "join" && aimOf(one.fault)?.role === aimOf(other.fault)?.role;
  return isSameRole && one.atMs < end(other) && other.atMs < end(one);
}
