import { join } from "node:path";

import { EnvironmentError, ms, UsageError } from "../../core/mod.ts";
import { busSubmission } from "../bus-submission.ts";
import type { K6Plan, K6Stream } from "../k6/plan.ts";
import type { Load } from "../load.ts";
import type { LoadReport, RunLoadsOptions } from "../run-loads.ts";
import { submissionOf } from "../submission.ts";
import { tally } from "../tally.ts";
import { engineHealth } from "./closed-loop-health.ts";
import { constantRates, type ConstantRate } from "./constant-rates.ts";
import type { LoadEngine } from "./engine.ts";
import { k6Operations, type K6Operation } from "./k6-operations.ts";
import { runK6 } from "./run-k6.ts";

/** A k6 on this machine. */
export interface K6 {
  /** Path of the program; nothing when there is none. */
  readonly binary: string | undefined;
  /** What it may know of this machine. */
  readonly environment: Readonly<Record<string, string>>;
}

const scripts = join(import.meta.dirname, "..", "k6");

/**
 * k6 in a process of its own, with the scripts in `loadgen/k6`. Its points come over its standard output as they are
 * made, and become operations of the history when it has ended.
 */
export function k6Engine(k6: K6): LoadEngine {
  return {
    name: "k6",
    assertCanSend: (loads, gateways) => void ratesOf(k6, loads, gateways),
    async run(loads, options) {
      const rates = ratesOf(k6, loads, options.gateways.length);
      const [overHttp, overBus] = [rates.filter((rate) => !isOverBus(rate)), rates.filter(isOverBus)];
      const beganAt = options.clock.now();
      const runs = await Promise.all([
        runScript(k6, "submit-jobs.ts", overHttp, options),
        runScript(k6, "publish-jobs.ts", overBus, options),
      ]);
      return report(rates, runs.flat(), options, options.clock.now() - beganAt);
    },
  };
}

function ratesOf({ binary }: K6, loads: readonly Load[], gateways: number): ConstantRate[] {
  if (binary === undefined) throw missing();
  const rates = constantRates(loads, gateways, "k6");
  assertLongEnough(rates);
  return rates;
}

/** k6 refuses shorter ones with a text about its own configuration. */
const shortestMs = 1_000;

function assertLongEnough(rates: readonly ConstantRate[]): void {
  const short = rates.find(({ lastingMs }) => lastingMs < shortestMs);
  if (!short) return;
  throw new UsageError(`k6 cannot send the load "${short.load.name}" for less than a second`, "use --engine open");
}

function isOverBus({ load }: ConstantRate): boolean {
  return load.via === "bus";
}

async function runScript(
  { binary = "", environment }: K6,
  script: string,
  rates: readonly ConstantRate[],
  options: RunLoadsOptions,
): Promise<K6Operation[]> {
  if (rates.length === 0) return [];
  const plan = planOf(rates, script === "publish-jobs.ts" ? "publish" : "submit", options);
  const operations = k6Operations(plan, options.clock);
  const { signal, progress } = options;
  await runK6(binary, join(scripts, script), {
    variables: { ...environment, SEATRIAL_LOAD: JSON.stringify(plan) },
    signal,
    line(text) {
      operations.take(text);
      if (operations.count % 100 === 0) progress?.(`k6 has ${operations.count} answers`);
    },
  });
  return operations.all();
}

function planOf(rates: readonly ConstantRate[], exec: string, options: RunLoadsOptions): K6Plan {
  const named = rates.map((rate, index) => [`stream_${index}`, rate] as const);
  return {
    streams: Object.fromEntries(named.map(([name, rate]) => [name, streamOf(rate, options)])),
    options: {
      scenarios: Object.fromEntries(named.map(([name, rate]) => [name, scenarioOf(rate, exec)])),
      systemTags: ["scenario"],
    },
  };
}

function streamOf({ load, gateway }: ConstantRate, { gateways, apiKey, busUrl }: RunLoadsOptions): K6Stream {
  const known = { load: load.name, client: load.client ?? "load", timeoutMs: ms(load.timeout ?? "5s") };
  if (load.via === "bus") {
    if (busUrl === undefined) throw new UsageError(`The load "${load.name}" goes over the bus, and there is none`);
    return { ...known, via: "bus", url: busUrl, headers: {}, body: busSubmission(load, "$JOB") };
  }
  const { path, headers, body } = submissionOf(load, apiKey);
  const { id, url } = gateways[gateway] ?? { id: "", url: "" };
  return { ...known, via: id, url: `${url}${path}`, headers, body };
}

/** Virtual users that wait for an answer: those of half a second at first, those of five seconds at most. */
const fewestUsers = 10;
const mostUsers = 1_000;

function scenarioOf({ load, count, lastingMs, startMs, perSecond }: ConstantRate, exec: string): object {
  return {
    executor: "constant-arrival-rate",
    exec,
    // As many operations as there should be, over all the time that there is: no rounding to whole seconds.
    rate: count,
    timeUnit: `${Math.round(lastingMs)}ms`,
    duration: `${Math.round(lastingMs)}ms`,
    startTime: `${Math.round(startMs)}ms`,
    preAllocatedVUs: Math.min(mostUsers, Math.max(fewestUsers, Math.ceil(perSecond / 2))),
    maxVUs: Math.min(mostUsers, Math.max(fewestUsers, Math.ceil(perSecond * 5))),
    gracefulStop: `${ms(load.timeout ?? "5s") + 1_000}ms`,
  };
}

function report(
  rates: readonly ConstantRate[],
  operations: readonly K6Operation[],
  { witness }: RunLoadsOptions,
  tookMs: number,
): LoadReport {
  const counts = tally();
  const inOrder = operations.toSorted((one, other) => one.at - other.at);
  for (const [index, operation] of inOrder.entries()) {
    witness.record({ kind: "op", op: "submit", ...operation, id: index + 1, intendedAt: operation.sentAt });
    counts.done(operation);
  }
  const planned = rates.reduce((sum, { count }) => sum + count, 0);
  const plannedMs = Math.max(0, ...rates.map(({ startMs, lastingMs }) => startMs + lastingMs));
  const health = engineHealth({ planned, sent: operations.length, plannedMs, tookMs });
  return { health, acknowledged: counts.acknowledged(), outcomes: counts.outcomes };
}

function missing(): EnvironmentError {
  return new EnvironmentError(
    "k6_missing",
    "There is no k6 on this machine",
    "`npm run seatrial -- doctor --fix --for k6` builds it; that needs Go",
  );
}
