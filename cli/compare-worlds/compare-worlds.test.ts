import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { EnvironmentError, exitCodes } from "../../core/mod.ts";
import type { ComparedWorld, WorldsComparison } from "../../reports/mod.ts";
import { sampleVerdict } from "../../reports/sample-record.test-support.ts";
import { quietConditions } from "../../worlds/sim/mod.ts";
import { fakeContext } from "../compare/fake-trials.test-support.ts";
import { compareWorlds } from "./compare-worlds.ts";
import { fakeWorlds, type FakeWorldRun } from "./fake-worlds.test-support.ts";
import { planWorlds, type WorldsChoices } from "./worlds-plan.ts";

let out = "";
beforeAll(() => (out = mkdtempSync(join(tmpdir(), "seatrial-worlds-"))));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const choices: WorldsChoices = {
  ...{ runs: "3", tuning: "fast", set: [], seed: "7", margin: "10", servers: "real", conditions: "quiet" },
};

type Behave = (world: ComparedWorld, number: number) => FakeWorldRun;

async function compared(behave: Behave, { name = "two-replica-health", runs = "3" } = {}) {
  const worlds = fakeWorlds(behave);
  const simulated = { conditions: quietConditions, words: "quiet conditions" };
  const context = { ...fakeContext(out), worlds, simulated };
  const outcome = await compareWorlds(planWorlds(name, { ...choices, runs }), context);
  const comparison = JSON.parse(outcome.json()) as WorldsComparison;
  const text = outcome.terminal({ columns: 120, colour: false });
  return { comparison, text: text.replaceAll(/\s+/g, " "), exitCode: outcome.exitCode, asked: worlds.asked };
}

function rowOf({ scenarios }: WorldsComparison, id: string) {
  return scenarios[0]?.rows.find((row) => row.id === id);
}

test("runs alternate between the worlds, and the two of a number have their seed in common", async () => {
  const { asked, exitCode } = await compared(() => ({}));
  expect(asked.map(({ world }) => world)).toEqual(["local", "sim", "sim", "local", "local", "sim"]);
  expect(asked.map(({ seed }) => seed)).toEqual(["7-1", "7-1", "7-2", "7-2", "7-3", "7-3"]);
  expect(exitCode).toBe(exitCodes.passed);
});

test("figures that are alike agree, within a percentage that is told", async () => {
  const { comparison, text } = await compared(() => ({ recoveryMs: 2_000 }));
  expect(rowOf(comparison, "recovery-1")).toMatchObject({ verdict: "agree", pairs: 3 });
  expect(rowOf(comparison, "recovery-1")?.because).toMatch(/^within [\d.]+ %$/);
  expect(Math.abs(rowOf(comparison, "recovery-1")?.error ?? 1)).toBeLessThan(0.05);
  expect(text).toContain("Every check holds in every run that counts.");
});

test("a recovery that takes longer in sim is a finding, with its error in percent: nothing known explains it", async () => {
  const { comparison, text, exitCode } = await compared((world) => ({ recoveryMs: world === "sim" ? 2_000 : 1_000 }));
  expect(rowOf(comparison, "recovery-1")?.verdict).toBe("differ");
  expect(rowOf(comparison, "recovery-1")?.error).toBeCloseTo(1, 1);
  expect(text).toMatch(/fault 1 \(kill\): slowest job .*\+(98|99|100|110) % DIFFER/);
  expect(exitCode).toBe(exitCodes.passed);
});

test("latency that is lower in sim is expected, and higher it is not", async () => {
  const lower = await compared((world) => ({ latencyMs: world === "sim" ? 5 : 50 }));
  expect(rowOf(lower.comparison, "submit-p50")?.verdict).toBe("expected");
  expect(lower.text).toContain("code takes no time in the simulator");
  const higher = await compared((world) => ({ latencyMs: world === "sim" ? 50 : 5 }));
  expect(rowOf(higher.comparison, "submit-p50")?.verdict).toBe("differ");
});

test("what nobody examined is unknown, never equal", async () => {
  const { comparison, text, exitCode } = await compared(() => ({ jobs: 0 }));
  for (const id of ["stale-effects", "executions-per-job", "submit-p50", "admitted", "lease-terms"]) {
    expect(rowOf(comparison, id)?.verdict).toBe("unknown");
  }
  expect(text).toMatch(/Of \d+ figures, \d+ are unknown in both\./);
  expect(exitCode).toBe(exitCodes.inconclusive);
});

test("a count of zero in both worlds agrees, because there was something to count in", async () => {
  const { comparison } = await compared(() => ({}));
  expect(rowOf(comparison, "stale-effects")).toMatchObject({ verdict: "agree", because: "none in either" });
});

test("duplicates in one world alone are no agreement", async () => {
  const { comparison } = await compared((world) => ({ twice: world === "local" ? 40 : 0 }));
  expect(rowOf(comparison, "repeated-executions")).toMatchObject({ verdict: "differ", error: -1 });
  expect(rowOf(comparison, "stale-effects")?.local?.median).toBe(40);
});

test("what only one world has says so, and why the other has not", async () => {
  const { comparison, text } = await compared((world) => ({ jobs: world === "sim" ? 100 : 10 }));
  expect(rowOf(comparison, "submit-p50")?.verdict).toBe("one world");
  expect(text).toContain("only in sim: in local, insufficient samples: p50 takes 20");
});

test("one run of each tells nothing about the spread", async () => {
  const { comparison } = await compared(() => ({ recoveryMs: 2_000 }), { runs: "1" });
  const because = "one run of each tells nothing about the spread";
  expect(rowOf(comparison, "recovery-1")).toMatchObject({ verdict: "unclear", because });
});

test("worlds that are as far apart as their own runs are unclear", async () => {
  const noisy: Behave = (world, number) => ({ recoveryMs: world === "local" ? 1_000 * number : 2_000 });
  const { comparison } = await compared(noisy);
  expect(rowOf(comparison, "recovery-1")?.verdict).toBe("unclear");
  expect(rowOf(comparison, "recovery-1")?.because).toBe("runs of one world are as far apart");
  expect(rowOf(comparison, "recovery-1")?.needed).toBeGreaterThan(3);
});

test("a check that fails in one world is told, and decides the exit code", async () => {
  const red = sampleVerdict({ status: "fail", check: "no job is lost" });
  const { text, exitCode } = await compared((world) => (world === "sim" ? { verdicts: [red] } : {}));
  expect(exitCode).toBe(exitCodes.failed);
  expect(text).toContain("Run 1 in sim: no job is lost (fail).");
});

test("runs that broke, could not be made, or had a sick generator are left out, with the reason", async () => {
  const behave: Behave = (world, number) => {
    if (number === 1) return world === "sim" ? { broke: new Error("a bug") } : { unhealthy: "It fell behind." };
    return number === 2 && world === "local" ? { throws: new EnvironmentError("server_died", "gone", "hint") } : {};
  };
  const { comparison, text, exitCode } = await compared(behave);
  expect(exitCode).toBe(exitCodes.inconclusive);
  expect(text).toContain("Run 1 in sim is not used: it broke: a bug");
  expect(text).toContain("Run 1 in local is not used: It fell behind.");
  expect(text).toContain("Run 2 in local is not used: it could not be run: [server_died] gone");
  // The third number, and the two spare ones.
  expect(rowOf(comparison, "submit-p50")?.pairs).toBe(3);
});

test("Ctrl-C leaves the runs that were made, and says so first", async () => {
  const controller = new AbortController();
  const worlds = fakeWorlds((_world, number) => {
    if (number === 1) return {};
    controller.abort();
    return { throws: new DOMException("stopped", "AbortError") };
  });
  const simulated = { conditions: quietConditions, words: "quiet conditions" };
  const context = { ...fakeContext(out, controller.signal), worlds, simulated };
  const outcome = await compareWorlds(planWorlds("two-replica-health", choices), context);
  expect(outcome.exitCode).toBe(exitCodes.interrupted);
  expect(outcome.terminal({ columns: 120, colour: false }).slice(0, 300)).toContain("Interrupted:");
  expect((JSON.parse(outcome.json()) as WorldsComparison).scenarios[0]?.runs).toHaveLength(2);
});

test("when no run of a world counts, that is said once, and nothing is compared", async () => {
  const { text, exitCode, asked } = await compared((world) => (world === "sim" ? { broke: new Error("a bug") } : {}));
  expect(exitCode).toBe(exitCodes.inconclusive);
  expect(text).toContain("Nothing can be compared: no run in sim counts.");
  expect(text).not.toContain("one world only");
  expect(asked).toHaveLength(6);
});

test("a bug in the harness is not swallowed", async () => {
  await expect(compared(() => ({ throws: new TypeError("a bug") }))).rejects.toThrow("a bug");
});

test("a suite has each scenario, and the folder the page and the numbers", async () => {
  const { comparison } = await compared(() => ({}), { name: "tunings", runs: "1" });
  expect(comparison.scenarios.map(({ scenario }) => scenario)).toEqual(["steady-work", "lock-holder-dies"]);
  const folder = join(out, readdirSync(out).find((name) => name.includes("worlds-tunings")) ?? "");
  expect(existsSync(join(folder, "worlds.html"))).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, "worlds.json"), "utf8"))).toEqual(comparison);
});

test("the same local runs on embedded servers say so first", async () => {
  const worlds = fakeWorlds(() => ({}));
  const simulated = { conditions: quietConditions, words: "quiet conditions" };
  const plan = planWorlds("two-replica-health", { ...choices, servers: "embedded" });
  const outcome = await compareWorlds(plan, { ...fakeContext(out), worlds, simulated });
  expect(outcome.terminal({ columns: 120, colour: false }).slice(0, 400)).toContain("Embedded servers:");
  expect(plan.reproduce).toContain("--servers embedded");
});

test.each([
  [{ runs: "0" }, "Not a number of runs"],
  [{ runs: "many" }, "Not a number of runs"],
  [{ margin: "-1" }, "Not a margin"],
  [{ tuning: "no-such.yaml" }, "no-such"],
])("%j is a mistake", (wrong, message) => {
  expect(() => planWorlds("gate-19", { ...choices, ...wrong })).toThrow(message);
});
