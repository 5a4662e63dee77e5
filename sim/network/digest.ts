import { mix, mixText } from "../kernel/mix.ts";

const seed = 0x27d4eb2f;

/** Two things that look alike are still two: the text `1` and the number 1. */
const kinds = { nothing: 1, truth: 2, whole: 3, number: 4, bytes: 5, several: 6, fields: 7 } as const;

/**
 * A number that stands for all that a message says: 32 bits, for the trace. One byte more, less or other in any text,
 * list or field of it gives another number.
 */
export function digestOf(message: unknown): number {
  return stir(seed, message);
}

function stir(hash: number, value: unknown): number {
  switch (typeof value) {
    case "string":
      return mixText(hash, value);
    case "number":
      return value === (value | 0) ? mix(mix(hash, kinds.whole), value) : mixText(mix(hash, kinds.number), `${value}`);
    case "bigint":
      return mixText(mix(hash, kinds.number), `${value}`);
    case "boolean":
      return mix(mix(hash, kinds.truth), value ? 1 : 0);
    case "undefined":
      return mix(hash, kinds.nothing);
    case "object":
      return value === null ? mix(hash, kinds.nothing) : stirObject(hash, value);
    case "function":
    case "symbol":
      throw new TypeError(`a message holds a ${typeof value}, which no wire carries`);
  }
}

function stirObject(hash: number, value: object): number {
  if (value instanceof Uint8Array) return stirAll(mix(hash, kinds.bytes), value, value.length);
  if (Array.isArray(value)) return stirAll(mix(hash, kinds.several), value, value.length);
  // In the order in which they were put in, which is the same in each run.
  if (Symbol.iterator in value) {
    const values = [...(value as Iterable<unknown>)];
    return stirAll(mix(hash, kinds.several), values, values.length);
  }
  let h = mix(hash, kinds.fields);
  for (const [name, field] of Object.entries(value)) h = stir(mixText(h, name), field);
  return h;
}

function stirAll(hash: number, values: Iterable<unknown>, count: number): number {
  let h = mix(hash, count);
  for (const each of values) h = stir(h, each);
  return h;
}
