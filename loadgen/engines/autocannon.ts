import autocannon from "autocannon";

import { messageOf, ms, type Clock } from "../../core/mod.ts";
import { submissionOf } from "../submission.ts";
import { submitOutcome, type SubmitOutcome } from "../outcome.ts";
import type { LoadReport, RunLoadsOptions } from "../run-loads.ts";
import { tally, type Tally } from "../tally.ts";
import { engineHealth } from "./closed-loop-health.ts";
import { constantRates, type ConstantRate } from "./constant-rates.ts";
import type { LoadEngine } from "./engine.ts";

/** More connections answer more requests at once; a rate below that has one connection for each request a second. */
const connectionsMax = 50;

/** autocannon, one instance for each load and gateway, in this process. */
export const autocannonEngine: LoadEngine = {
  name: "autocannon",
  async run(loads, options) {
    const rates = constantRates(loads, options.gateways.length, "autocannon");
    const counts = tally();
    let lastId = 0;
    const context = { ...options, counts, nextId: () => (lastId += 1) };
    const beganAt = options.clock.now();
    const planned = rates.reduce((sum, { count }) => sum + count, 0);
    const reporting = options.clock.every(500, () => options.progress?.(counts.line(planned)));
    try {
      await Promise.all(rates.map((rate) => shoot(rate, context)));
    } finally {
      reporting.cancel();
    }
    return report(rates, { counts, sent: lastId, tookMs: options.clock.now() - beganAt });
  },
};

function report(
  rates: readonly ConstantRate[],
  { counts, sent, tookMs }: { counts: Tally; sent: number; tookMs: number },
): LoadReport {
  const planned = rates.reduce((sum, { count }) => sum + count, 0);
  const plannedMs = Math.max(0, ...rates.map(({ startMs, lastingMs }) => startMs + lastingMs));
  const health = engineHealth({ planned, sent, plannedMs, tookMs });
  return { health, acknowledged: counts.acknowledged(), outcomes: counts.outcomes };
}

interface Shooting extends RunLoadsOptions {
  readonly counts: Tally;
  readonly nextId: () => number;
}

/** autocannon tells a response's body and its duration in two calls, one right after the other. */
async function shoot(rate: ConstantRate, shooting: Shooting): Promise<void> {
  const { clock, signal } = shooting;
  await clock.sleep(rate.startMs, signal);
  if (signal.aborted) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const record = recorder(rate, shooting);
  let lastBody = "";
  const keepBody = (text: string): void => void (lastBody = text);
  const instance = autocannon(optionsOf(rate, shooting, keepBody), (failure: unknown) =>
    failure instanceof Error ? reject(failure) : resolve(),
  );
  instance.on("response", (_client, status, _bytes, tookMs) => record({ status, text: lastBody, tookMs }));
  instance.on("reqError", (failure: unknown) => record({ failure: messageOf(failure) }));
  const stop = (): void => instance.stop();
  signal.addEventListener("abort", stop, { once: true });
  await promise.finally(() => signal.removeEventListener("abort", stop));
}

function optionsOf(rate: ConstantRate, shooting: Shooting, keepBody: (text: string) => void): autocannon.Options {
  const { headers, path, body } = submissionOf(rate.load, shooting.apiKey);
  const overallRate = Math.max(1, Math.round(rate.perSecond));
  return {
    url: shooting.gateways[rate.gateway]?.url ?? "",
    requests: [{ method: "POST", path, headers, body, onResponse: (_status, text) => keepBody(text) }],
    amount: rate.count,
    overallRate,
    connections: Math.min(connectionsMax, overallRate, rate.count),
    timeout: Math.ceil(ms(rate.load.timeout ?? "5s") / 1_000),
  };
}

interface Shot {
  readonly status?: number;
  readonly text?: string;
  readonly tookMs?: number;
  readonly failure?: string;
}

function recorder({ load, gateway }: ConstantRate, shooting: Shooting): (shot: Shot) => void {
  const { clock, witness, counts, nextId } = shooting;
  const known = { load: load.name, client: load.client ?? "load", via: shooting.gateways[gateway]?.id ?? "" };
  return (shot) => {
    const outcome = outcomeOf(shot);
    const sentAt = sentBefore(clock, shot.tookMs ?? 0);
    witness.record({ kind: "op", op: "submit", id: nextId(), ...known, intendedAt: sentAt, sentAt, ...outcome });
    counts.done(outcome);
  };
}

function outcomeOf({ status, text = "", failure = "" }: Shot): SubmitOutcome {
  return status === undefined
    ? submitOutcome({ answered: false, sent: true, because: failure })
    : submitOutcome({ answered: true, status, body: parsed(text) });
}

function sentBefore(clock: Clock, tookMs: number): number {
  return Math.max(0, clock.now() - tookMs);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Whoever looks for a job's id in it finds none, and says so.
    return text;
  }
}
