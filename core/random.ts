import { randomUUID } from "node:crypto";

/** The only source of chance. Each concern forks its own stream, so that one more draw here moves nothing there. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number, uniform in [0, below). */
  int(below: number): number;
  /** Exponentially distributed with this mean: the gap between the arrivals of a Poisson process. */
  exponential(mean: number): number;
  /** An identifier in the form of a version 4 UUID. */
  id(): string;
  /** An independent stream, the same one for the same label. */
  fork(label: string): Random;
}

/**
 * A reproducible stream: sfc32 (Chris Doty-Humphrey's Small Fast Counting generator, 128 bits of state),
 * seeded through FNV-1a so that any text or number is a seed.
 */
export function seededRandom(seed: string | number): Random {
  const next = sfc32(`${seed}`);
  return {
    next,
    ...shaped(next),
    id: () => uuidFrom(next),
    fork: (label) => seededRandom(`${seed}/${label}`),
  };
}

/** Chance from the operating system, for replicas outside the simulator. */
export function systemRandom(): Random {
  const next = Math.random;
  return { next, ...shaped(next), id: () => randomUUID(), fork: () => systemRandom() };
}

function shaped(next: () => number): Pick<Random, "int" | "exponential"> {
  return {
    int: (below) => Math.floor(next() * below),
    exponential: (mean) => -mean * Math.log(1 - next()),
  };
}

function sfc32(seed: string): () => number {
  let [a, b, c, counter] = [fnv1a(`a${seed}`), fnv1a(`b${seed}`), fnv1a(`c${seed}`), 1];
  const draw = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) draw();
  return () => draw() / 2 ** 32;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}

function uuidFrom(next: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16));
  hex[12] = "4";
  hex[16] = "89ab"[Math.floor(next() * 4)]!;
  const text = hex.join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
