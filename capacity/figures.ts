import { UsageError } from "../core/mod.ts";

/** Beyond these, a figure is a slip of the pen, and products of figures would leave what numbers can hold. */
const [least, most] = [1e-12, 1e15];

/** Stations with more servers than this are not computed: the recursion takes a step for each of them. */
const serversMost = 1_000_000;

/**
 * Figures by name that must be above zero.
 *
 * @throws UsageError naming the first one that is zero, negative, no number, or beyond all measure.
 */
export function requirePositive(figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) {
    if (value >= least && value <= most) continue;
    throw new UsageError(`${name} is ${value}`, `give a number above 0, at most ${most.toExponential(0)}`);
  }
}

/**
 * Likewise, but zero is fine.
 *
 * @throws UsageError
 */
export function requireNotNegative(figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) {
    if (value >= 0 && value <= most) continue;
    throw new UsageError(`${name} is ${value}`, `give 0, or a number above it up to ${most.toExponential(0)}`);
  }
}

/**
 * Numbers of things: whole, at least one, at most a million.
 *
 * @throws UsageError
 */
export function requireWhole(figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) {
    if (Number.isInteger(value) && value >= 1 && value <= serversMost) continue;
    throw new UsageError(`${name} is ${value}`, `give a whole number from 1 to ${serversMost}`);
  }
}

/**
 * Shares of a whole: none negative, together 1.
 *
 * @throws UsageError
 */
export function requireShares(shares: readonly number[]): void {
  const negative = shares.find((share) => !(share >= 0));
  if (negative !== undefined) throw new UsageError(`one of the shares is ${negative}`, "give none below 0");
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) < 1e-6) return;
  throw new UsageError(`the shares sum up to ${total}`, "give one share for each shard, together 1");
}

/**
 * A share that leaves something on both sides, such as 0.99 for a 99th percentile.
 *
 * @throws UsageError
 */
export function requireInnerShare(name: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw new UsageError(`${name} is ${value}`, "give a number between 0 and 1, such as 0.99");
}
