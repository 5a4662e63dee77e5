import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { EnvironmentError, exitCodes } from "../../core/mod.ts";
import { sampleVerdict } from "../../reports/sample-record.test-support.ts";
import { brokenVerdict, fakeContext, fakeTrials, type FakeRun } from "../compare/fake-trials.test-support.ts";
import type { TrialPlan } from "../run/plan.ts";
import { readBaseline, writeBaseline } from "./baseline.ts";
import { planCandidate, planGate, type GateChoices } from "./gate-plan.ts";
import { recordBaseline } from "./record-baseline.ts";
import { gateExitCode, runGate } from "./run-gate.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-gate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const policy = join(folder, "policy.yaml");
const baseline = join(folder, "baseline.json");
writeFileSync(
  policy,
  `scenarios: [steady-work]
budgets:
  - { measure: end-to-end-p99, atMost: 300ms }
regressions:
  - { measure: submit-p50, tolerance: 25 %, minEffect: 5ms }
`,
);
const choices: GateChoices = { policy, baseline, set: [], seed: "7", strict: true };
const well: FakeRun = { latencyMs: 50 };

// The baseline that all tests below compare with is recorded here, from runs of 50 ms.
const { baseline: recorded } = await recordBaseline(
  planCandidate(choices),
  fakeContext(folder),
  fakeTrials(() => well),
);
writeBaseline(baseline, recorded);

async function gated(candidate: Partial<FakeRun>, more: Partial<GateChoices> = {}, base: Partial<FakeRun> = {}) {
  return gatedBy((_plan, isCandidate) => ({ ...well, ...(isCandidate ? candidate : base) }), more);
}

async function gatedBy(
  behave: (plan: TrialPlan, isCandidate: boolean, number: number) => FakeRun,
  more: Partial<GateChoices> = {},
) {
  const context = fakeContext(folder);
  const runner = (isCandidate: boolean) => fakeTrials((plan, number) => behave(plan, isCandidate, number));
  const [ours, theirs] = [runner(true), runner(false)];
  const result = await runGate(planGate({ ...choices, ...more }), context, { candidate: ours, baseline: theirs });
  const failed = result.items.filter(({ status }) => status !== "passed").map(({ kind }) => kind);
  return {
    result,
    failed,
    exitCode: gateExitCode(result),
    told: context.told,
    plans: [...ours.plans, ...theirs.plans],
  };
}

test("the recorded baseline holds the configuration, the figures and the noise, and can be read again", () => {
  const { tuning, scenarios } = readBaseline(baseline);
  expect(tuning).toMatchObject({ SCHEDULER_JOB_LOCK_TTL: "3000ms" });
  expect(scenarios["steady-work"]?.measures["submit-p50"]?.median).toBeCloseTo(50, -1);
  expect(scenarios["steady-work"]?.noise["submit-p50"]).toHaveLength(6);
});

test("no change passes, with three runs of each", async () => {
  const { result, exitCode, failed, plans } = await gated({});
  expect(failed).toEqual([]);
  expect(exitCode).toBe(exitCodes.passed);
  expect(plans).toHaveLength(6);
  expect(result.items.map(({ kind }) => kind)).toEqual(["invariant", "budget", "regression"]);
});

test("a candidate that is twice as slow fails, and is run again before it does", async () => {
  const { result, exitCode, failed, plans, told } = await gated({ latencyMs: 100 });
  expect(exitCode).toBe(exitCodes.failed);
  expect(failed).toEqual(["regression"]);
  expect(plans).toHaveLength(12);
  expect(told.join("\n")).toContain("looking again, with fresh runs");
  expect(new Set(plans.map(({ seed }) => seed)).size, "the second look has other arrivals").toBe(6);
  expect(result.items.find(({ kind }) => kind === "regression")?.summary).toContain("Confirmed by fresh runs");
});

test("what fresh runs do not confirm does not fail", async () => {
  const { exitCode, result } = await gatedBy((_plan, isCandidate, number) => {
    return { ...well, latencyMs: isCandidate && number <= 3 ? 100 : 50 };
  });
  expect(exitCode).toBe(exitCodes.passed);
  expect(result.items.find(({ kind }) => kind === "regression")?.summary).toContain("Not confirmed");
});

test("a machine that has become slower makes no regression: the baseline became slower with it", async () => {
  expect(await gated({ latencyMs: 100 }, {}, { latencyMs: 100 })).toMatchObject({ exitCode: 0, failed: [] });
});

test("a broken budget fails, whatever the baseline does", async () => {
  const { exitCode, failed } = await gated({ latencyMs: 400 }, {}, { latencyMs: 400 });
  expect(exitCode).toBe(exitCodes.failed);
  expect(failed).toEqual(["budget"]);
});

test("as advice, budgets and regressions are told and do not fail", async () => {
  const { exitCode, failed, result } = await gated({ latencyMs: 500 }, { strict: false, advisory: true });
  expect(exitCode).toBe(exitCodes.passed);
  expect(failed).toEqual(["budget", "regression"]);
  expect(result.mode).toBe("advisory");
});

test.each([true, false])("a broken invariant fails in strict mode and as advice (strict: %s)", async (strict) => {
  const { exitCode } = await gated({ verdicts: [brokenVerdict] }, { strict });
  expect(exitCode).toBe(exitCodes.failed);
});

test("an invariant that was not examined is never green, as advice neither", async () => {
  const unknown = sampleVerdict({ status: "unknown", examined: 0 });
  const { exitCode } = await gated({ verdicts: [unknown] }, { strict: false });
  expect(exitCode).toBe(exitCodes.inconclusive);
});

test("a generator that fell behind decides nothing: exit code 3, with the reason", async () => {
  const { exitCode, result } = await gated({ unhealthy: "The load generator fell behind." }, { strict: false });
  expect(exitCode).toBe(exitCodes.inconclusive);
  const environment = result.items.find(({ kind }) => kind === "environment");
  expect(environment?.summary).toContain("The load generator fell behind.");
});

test("a check that failed in a run whose figures are not used counts all the same", async () => {
  const { exitCode } = await gated({ unhealthy: "It fell behind.", verdicts: [brokenVerdict] });
  expect(exitCode).toBe(exitCodes.failed);
});

test("the baseline's own code is not held to this tree's invariants", async () => {
  const tree = { baselineTree: "elsewhere" };
  expect((await gated({}, tree, { verdicts: [brokenVerdict] })).exitCode).toBe(exitCodes.passed);
  expect((await gated({}, {}, { verdicts: [brokenVerdict] })).exitCode).toBe(exitCodes.failed);
});

const died = new EnvironmentError("replica_died", "scheduler-2 exited during start", "see its log");
const fault = new EnvironmentError("server_died", "Redis died", "look at its log");

/** Which runs of the gate do not come about, counted from 1 on each side. */
async function gatedWithout(candidate: Record<number, Error>, base: Record<number, Error> = {}) {
  const { result, exitCode, plans } = await gatedBy((_plan, isCandidate, number) => {
    const throws = (isCandidate ? candidate : base)[number];
    return throws === undefined ? well : { ...well, throws };
  });
  return { exitCode, plans, items: result.items.filter(({ kind }) => kind === "environment") };
}

test("a candidate that does not boot every time fails, though spare runs make up for its figures", async () => {
  const { exitCode, items, plans } = await gatedWithout({ 2: died });
  expect(plans, "a pair was made up for").toHaveLength(8);
  expect(exitCode).toBe(exitCodes.failed);
  expect(items).toMatchObject([{ status: "failed", blocking: true, name: "the candidate runs with seed 7-2" }]);
  expect(items[0]?.summary).toContain("[replica_died] scheduler-2 exited during start");
});

test("each run of the candidate that did not come about is an item of its own", async () => {
  const { exitCode, items } = await gatedWithout({ 1: fault, 2: died });
  expect(exitCode).toBe(exitCodes.failed);
  expect(items.map(({ status }) => status)).toEqual(["inconclusive", "failed"]);
});

test.each([
  ["something else than a replica died", { 1: fault }, {}],
  ["the baseline's replicas die too", { 1: died }, { 2: died }],
])("nobody can tell whose fault it is when %s", async (_name, candidate, base) => {
  const { exitCode, items } = await gatedWithout(candidate, base);
  expect(exitCode).toBe(exitCodes.inconclusive);
  expect(items).toMatchObject([{ status: "inconclusive", blocking: true }]);
});

test("a run of the baseline that did not come about is made up for, and no fault of the candidate", async () => {
  expect(await gatedWithout({}, { 2: died })).toMatchObject({ exitCode: exitCodes.passed, items: [] });
});

test("settings of the candidate are told, and the baseline keeps its own", async () => {
  const { result, plans } = await gated({}, { set: ["WORKER_MAX_PARALLEL_JOBS=1"] });
  expect(result.differences).toEqual([{ setting: "WORKER_MAX_PARALLEL_JOBS", baseline: "default", candidate: "1" }]);
  expect(plans.map(({ tuning }) => tuning["WORKER_MAX_PARALLEL_JOBS"])).toEqual(["1", "1", "1", ...Array(3)]);
  expect(result.reproduce).toContain("--set WORKER_MAX_PARALLEL_JOBS=1");
});

test("Ctrl-C decides nothing", async () => {
  const stop = new AbortController();
  const runner = fakeTrials((_plan, number) => {
    if (number === 2) stop.abort();
    return well;
  });
  const context = fakeContext(folder, stop.signal);
  const result = await runGate(planGate(choices), context, { candidate: runner, baseline: runner });
  expect(result.status).toBe("interrupted");
  expect(gateExitCode(result)).toBe(exitCodes.interrupted);
});

test("a plane that breaks its promises, or a machine that cannot be measured on, is no baseline", async () => {
  const record = (run: Partial<FakeRun>) =>
    recordBaseline(
      planCandidate(choices),
      fakeContext(folder),
      fakeTrials(() => ({ ...well, ...run })),
    );
  await expect(record({ verdicts: [brokenVerdict] })).rejects.toMatchObject({ exitCode: exitCodes.failed });
  await expect(record({ unhealthy: "It fell behind." })).rejects.toMatchObject({ exitCode: exitCodes.inconclusive });
});
