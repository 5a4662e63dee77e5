import autocannon from "autocannon";

import { ms, UsageError } from "../../core/mod.ts";
import type { Load } from "../load.ts";
import { submissionOf } from "../submission.ts";
import type { LoadReport, RunLoadsOptions } from "../run-loads.ts";
import { tally, type Tally } from "../tally.ts";
import { engineHealth } from "./closed-loop-health.ts";
import { constantRates, type ConstantRate } from "./constant-rates.ts";
import type { LoadEngine } from "./engine.ts";
import { watchConnection, type Shot } from "./watch-connection.ts";

/** More connections answer more requests at once; a rate below that has one connection for each request a second. */
const connectionsMax = 50;

/** autocannon, one instance for each load and gateway, in this process. */
export const autocannonEngine: LoadEngine = {
  name: "autocannon",
  assertCanSend: (loads, gateways) => void ratesOf(loads, gateways),
  async run(loads, options) {
    const rates = ratesOf(loads, options.gateways.length);
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

function ratesOf(loads: readonly Load[], gateways: number): ConstantRate[] {
  const rates = constantRates(loads, gateways, "autocannon");
  assertWhole(rates);
  return rates;
}

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

async function shoot(rate: ConstantRate, shooting: Shooting): Promise<void> {
  const { clock, signal } = shooting;
  await clock.sleep(rate.startMs, signal);
  if (signal.aborted) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const instance = autocannon(optionsOf(rate, shooting), (failure: unknown) =>
    failure instanceof Error ? reject(failure) : resolve(),
  );
  const stop = (): void => instance.stop();
  signal.addEventListener("abort", stop, { once: true });
  await promise.finally(() => signal.removeEventListener("abort", stop));
}

/** autocannon tells an answer's body and that it came in two calls, one right after the other. */
function optionsOf(rate: ConstantRate, shooting: Shooting): autocannon.Options {
  const { headers, path, body } = submissionOf(rate.load, shooting.apiKey);
  const record = recorder(rate, shooting);
  let lastBody = "";
  const keepBody = (_status: number, text: string): void => void (lastBody = text);
  return {
    url: shooting.gateways[rate.gateway]?.url ?? "",
    requests: [{ method: "POST", path, headers, body, onResponse: keepBody }],
    setupClient: (client) => watchConnection(client, { clock: shooting.clock, bodyOf: () => lastBody, record }),
    amount: rate.count,
    overallRate: rate.perSecond,
    connections: Math.min(connectionsMax, rate.perSecond, rate.count),
    timeout: Math.ceil(ms(rate.load.timeout ?? "5s") / 1_000),
  };
}

function recorder({ load, gateway }: ConstantRate, shooting: Shooting): (shot: Shot) => void {
  const { witness, counts, nextId } = shooting;
  const known = { load: load.name, client: load.client ?? "load", via: shooting.gateways[gateway]?.id ?? "" };
  return ({ sentAt, outcome }) => {
    witness.record({ kind: "op", op: "submit", id: nextId(), ...known, intendedAt: sentAt, sentAt, ...outcome });
    counts.done(outcome);
  };
}

/** autocannon counts requests of whole seconds. */
function assertWhole(rates: readonly ConstantRate[]): void {
  const broken = rates.find(({ perSecond }) => !Number.isInteger(perSecond));
  if (!broken) return;
  const rate = Number(broken.perSecond.toFixed(3));
  throw new UsageError(
    `autocannon cannot send ${rate} a second to each gateway, as the load "${broken.load.name}" wants it`,
    "give it a whole number for each gateway, or use --engine open",
  );
}
