import type { Random } from "../../../core/mod.ts";

/** Drawn evenly over the orders of magnitude between two positive numbers: as often around 1 as around 100. */
export function logUniform(random: Random, least: number, most: number): number {
  return least * Math.exp(random.next() * Math.log(most / least));
}

/** Drawn evenly between two numbers. */
export function between(random: Random, least: number, most: number): number {
  return least + random.next() * (most - least);
}

/** A whole number from one to another, both included. */
export function wholeBetween(random: Random, least: number, most: number): number {
  return least + random.int(most - least + 1);
}

/** One of several, each as likely as another. */
export function oneOf<Value>(random: Random, values: readonly [Value, ...Value[]]): Value {
  return values[random.int(values.length)] ?? values[0];
}

/** With this chance what is drawn, else something fixed: the quiet value, most often. Draws in either case. */
export function sometimes<Value>(random: Random, chance: number, draw: () => Value, otherwise: Value): Value {
  const drawn = draw();
  return random.next() < chance ? drawn : otherwise;
}

/** So many significant digits are enough, and can be read. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
