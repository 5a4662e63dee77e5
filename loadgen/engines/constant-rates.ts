import { ms, perSecond, UsageError } from "../../core/mod.ts";
import type { Load } from "../load.ts";
import type { EngineName } from "./engine.ts";

/** A load as an engine that knows nothing but rates sends it to one gateway. */
export interface ConstantRate {
  readonly load: Load;
  /** Which of the gateways. */
  readonly gateway: number;
  /** Counted from the beginning of the first load. */
  readonly startMs: number;
  readonly lastingMs: number;
  readonly perSecond: number;
  /** How many operations that is. */
  readonly count: number;
}

/**
 * Loads as constant rates, one for each load and gateway. Poisson arrivals become even ones of the same mean: neither
 * autocannon nor k6 can send at moments that are given to it.
 *
 * @throws UsageError for what such an engine cannot do: bursts, idempotency keys, runs of workflows.
 */
export function constantRates(loads: readonly Load[], gateways: number, engine: EngineName): ConstantRate[] {
  const rates: ConstantRate[] = [];
  let endMs = 0;
  for (const load of loads) {
    const { rate, count } = steadyArrivals(load, engine);
    const startMs = load.startAt === undefined ? endMs : ms(load.startAt);
    const lastingMs = (count / rate) * 1_000;
    endMs = startMs + lastingMs;
    const parts = shares(load, gateways);
    const counts = wholeShares(count, parts);
    for (const [gateway, share] of parts.entries()) {
      const mine = counts[gateway] ?? 0;
      if (mine > 0) rates.push({ load, gateway, startMs, lastingMs, perSecond: rate * share, count: mine });
    }
  }
  return rates;
}

function steadyArrivals(load: Load, engine: EngineName): { rate: number; count: number } {
  const { name, arrivals, idempotency = "none" } = load;
  const hint = "use --engine open";
  if (load.workflow) throw new UsageError(`${engine} cannot start runs, as the load "${name}" wants it`, hint);
  if (load.via === "bus" && engine !== "k6") throw overBus(engine, name);
  if (arrivals.shape === "burst") throw new UsageError(`${engine} cannot send the burst of the load "${name}"`, hint);
  if (idempotency !== "none") {
    throw new UsageError(`${engine} cannot resend under a key, as the load "${name}" wants it`, hint);
  }
  return { rate: perSecond(arrivals.rate), count: arrivals.count };
}

/** What only k6 can do, with its extension. */
export function overBus(engine: EngineName, load: string): UsageError {
  return new UsageError(`${engine} cannot send the load "${load}" over the bus`, "use --engine k6");
}

function shares({ split, via }: Load, gateways: number): number[] {
  if (via === "bus") return [1];
  const parts = split ?? Array.from({ length: gateways }, () => 1);
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.slice(0, gateways).map((part) => part / whole);
}

/** Whole numbers that add up to the count, each as near to its share as those before it allow. */
function wholeShares(count: number, parts: readonly number[]): number[] {
  let share = 0;
  let given = 0;
  return parts.map((part) => {
    share += part;
    const mine = Math.round(count * share) - given;
    given += mine;
    return mine;
  });
}
