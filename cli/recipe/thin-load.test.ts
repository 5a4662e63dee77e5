import { expect, test } from "vitest";

import { at, crashAt, cut, kill } from "../../chaos/mod.ts";
import { ms, perSecond, type Duration } from "../../core/mod.ts";
import { jobs, lasting, poisson, uniform, worker, workflow, type Arrivals, type Load } from "../../loadgen/mod.ts";
import { scenarios } from "../../scenarios/mod.ts";
import { thinLoads, usualLoadFactor, type Thinnable } from "./thin-load.ts";

test("a tenth of the load takes as long as all of it", () => {
  const [thinned] = thinLoads(calm([load(uniform("200/s", lasting("10s")))]), 0.1);
  expect(thinned?.arrivals).toEqual({ shape: "uniform", rate: "20/s", count: 200 });
  const [random] = thinLoads(calm([load(poisson("120/s", lasting("26s")))]), 0.04);
  expect(lastingMs(random!.arrivals)).toBeCloseTo(ms("26s"), 0);
});

test("five operations are left of every load, or all when there were fewer", () => {
  expect(counts(thinLoads(calm([load(uniform("200/s", jobs(1_000))), load(uniform("2/s", jobs(3)))]), 0.0001))).toEqual(
    [5, 3],
  );
});

test("loads with a limit are made shorter where nothing strikes, and bursts stay as they are", () => {
  const limited = { ...load(uniform("300/s", lasting("20s"))), limitPerSecond: 100 };
  const burst = load({ shape: "burst", offsetsMs: [-60, 40], countEach: 150 });
  const shorter = { ...limited, arrivals: { ...limited.arrivals, count: 900 } };
  expect(thinLoads(calm([limited, burst]), 0.01)).toEqual([shorter, burst]);
  expect(usualLoadFactor(calm([limited, burst]))).toBe(0.02);
  const struck = { load: [limited, burst], faults: [at("10s", cut("gateway", "redis"))] };
  expect(thinLoads(struck, 0.01)).toEqual([limited, burst]);
  expect(usualLoadFactor(struck)).toBe(1);
});

test("where faults strike by the clock, what is left of a load comes around them", () => {
  const faults = [at("20s", kill("scheduler.leader")), at("100s", kill("worker-1"))];
  const steady = load(poisson("100/s", lasting("200s")));
  const [thinned] = thinLoads({ load: [steady], faults }, 0.006);
  if (thinned?.arrivals.shape !== "burst") throw new Error("not around the faults");
  const { offsetsMs, countEach } = thinned.arrivals;
  expect([offsetsMs.length, countEach, offsetsMs[0]]).toEqual([121, 1, 0]);
  // A burst begins up to a second later than its offsets say: some come before each strike, whatever the second.
  for (const moment of [20_000, 100_000]) {
    const near = offsetsMs.filter((offset) => Math.abs(offset - moment) <= 1_200);
    expect(near).toHaveLength(60);
    expect(Math.max(...near) >= moment && Math.min(...near) + 1_000 <= moment).toBe(true);
  }
  expect(thinLoads({ load: [steady], faults }, 1)).toEqual([steady]);
  const trap = { load: [steady], faults: [at("1s", crashAt("scheduler", "bus.publish"))] };
  expect(thinLoads(trap, 0.01)[0]?.arrivals.shape).toBe("poisson");
});

test("a factor of one changes nothing in any scenario, and no factor changes anything but rates and counts", () => {
  for (const definition of Object.values(scenarios)) {
    const scenario = definition((time: Duration) => time);
    expect(thinLoads(scenario, 1)).toEqual(scenario.load);
    const rest = (each: Load): unknown => ({ ...each, arrivals: undefined });
    expect(thinLoads(scenario, 0.01).map(rest)).toEqual(scenario.load.map(rest));
  }
});

test("the usual factor leaves some 120 operations, and counts a run of a workflow as its steps", () => {
  expect(usualLoadFactor(calm([load(uniform("10/s", jobs(100)))]))).toBe(1);
  expect(usualLoadFactor(calm([load(uniform("10/s", jobs(2_400)))]))).toBe(0.05);
  const order = workflow("order", { reserve: worker(), charge: worker(), ship: worker() });
  expect(usualLoadFactor(calm([{ ...load(uniform("10/s", jobs(400))), workflow: order }]))).toBe(0.1);
});

/** Loads of a scenario in which nothing strikes. */
function calm(loads: readonly Load[]): Thinnable {
  return { load: loads, faults: [] };
}

function load(arrivals: Arrivals): Load {
  return { name: "steady", arrivals };
}

function counts(loads: readonly Load[]): number[] {
  return loads.map(({ arrivals }) => (arrivals.shape === "burst" ? arrivals.countEach : arrivals.count));
}

function lastingMs(arrivals: Arrivals): number {
  return arrivals.shape === "burst" ? 0 : (1_000 * arrivals.count) / perSecond(arrivals.rate);
}
