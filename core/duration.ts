import { UsageError } from "./errors.ts";

/** A length of time as people write it: `"250ms"`, `"30s"`, `"2m"`, `"24h"`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h"}`;

/** How often something happens: `"100/s"`. */
export type Rate = `${number}/s`;

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Whether a text is a {@link Duration}. */
export function isDuration(text: string): text is Duration {
  return /^\d+(\.\d+)?(ms|s|m|h)$/.test(text);
}

/**
 * The milliseconds in a duration: `ms("1.5s")` is 1500.
 *
 * @throws UsageError when the text is no duration.
 */
export function ms(duration: Duration): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration);
  if (!parts) throw new UsageError(`Not a duration: "${duration}"`, `write it like "250ms", "30s" or "2m"`);
  return Number(parts[1]) * unitMs[parts[2] as keyof typeof unitMs];
}

/**
 * The number of events a second in a rate: `perSecond("300/s")` is 300.
 *
 * @throws UsageError when the text is no positive rate.
 */
export function perSecond(rate: Rate): number {
  const parts = /^(\d+(?:\.\d+)?)\/s$/.exec(rate);
  const value = Number(parts?.[1]);
  if (!(value > 0)) throw new UsageError(`Not a rate: "${rate}"`, `write it like "100/s"`);
  return value;
}

/** Milliseconds as a person reads them: `3.2 ms`, `850 ms`, `2.4 s`, `1 m 30 s`. */
export function readableMs(value: number): string {
  if (value < 10) return `${Number(value.toFixed(1))} ms`;
  if (value < 1_000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${Number((value / 1_000).toFixed(value < 10_000 ? 2 : 1))} s`;
  const seconds = Math.round(value / 1_000);
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60} m` : `${Math.floor(seconds / 60)} m ${rest} s`;
}
