import { UsageError } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { linkFault } from "./link-fault.ts";

/** A bandwidth: `64KB/s`, `1MB/s`. 1 KB is 1,000 bytes. */
export type Bandwidth = `${number}${"KB" | "MB"}/s`;

/**
 * Bytes pass no faster than this in each direction of each connection:
 * `throttle("worker-1", "nats", { rate: "16KB/s" })`.
 *
 * Heal takes the limit away; what is on its way arrives at once.
 *
 * @throws UsageError for less than 1 KB/s.
 */
export function throttle(selector: string, server: string, { rate }: { readonly rate: Bandwidth }): Fault {
  return linkFault({ kind: "throttle", bytesPerSecond: bytesPerSecond(rate) }, selector, server);
}

function bytesPerSecond(rate: Bandwidth): number {
  const value = Number.parseFloat(rate) * (rate.endsWith("MB/s") ? 1_000_000 : 1_000);
  if (value >= 1_000) return value;
  throw new UsageError(`Cannot throttle to "${rate}"`, `write it like "16KB/s"; the least is 1KB/s`);
}
