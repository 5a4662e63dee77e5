import { mix, mixMoment, mixText } from "./mix.ts";

/** One step of a run. */
export interface TraceEntry {
  readonly at: number;
  /** The realm, or `world`. */
  readonly who: string;
  /** `timer`, `deliver`, `kill` and the like. */
  readonly what: string;
  readonly detail: string;
  /** Bytes of a message; 0 for all else. */
  readonly size: number;
  /** A number for what a message says; 0 for all else. */
  readonly digest: number;
}

/** How much of a run is kept. The hash is over all of it either way. */
export interface TraceOptions {
  /** How many of the last steps are kept. @defaultValue 40 */
  readonly last?: number;
  /** Keeps all steps, up to a million. @defaultValue false */
  readonly all?: boolean;
}

const allMax = 1_000_000;

/**
 * What happened in a run, in order, and a hash over it: two runs with the same hash did the same.
 *
 * 64 bits, from two 32-bit hashes with different seeds; it tells accidents apart, and is no defence against intent.
 */
export class Trace {
  readonly #last: number;
  readonly #all: boolean;
  readonly #kept: TraceEntry[] = [];
  #high = 0x9747b28c | 0;
  #low = 0x85ebca6b | 0;
  #steps = 0;

  constructor({ last = 40, all = false }: TraceOptions = {}) {
    this.#last = last;
    this.#all = all;
  }

  /** How many steps there were. */
  get steps(): number {
    return this.#steps;
  }

  note(at: number, who: string, what: string, detail = "", size = 0, digest = 0): void {
    this.#steps += 1;
    const moment = mix(mix(mixMoment(this.#high, at), size), digest);
    const words = mixText(mixText(mixText(this.#low, who), what), detail);
    this.#high = mix(moment, words);
    this.#low = mix(words, moment);
    if (this.#all) this.#keepAll({ at, who, what, detail, size, digest });
    else if (this.#last > 0) this.#kept[this.#steps % this.#last] = { at, who, what, detail, size, digest };
  }

  /** 16 hexadecimal digits. */
  hash(): string {
    return hex(this.#high) + hex(this.#low);
  }

  /** The steps that were kept, oldest first. */
  entries(): TraceEntry[] {
    if (this.#all || this.#steps < this.#last) return this.#kept.filter(Boolean);
    const oldest = (this.#steps + 1) % this.#last;
    return [...this.#kept.slice(oldest), ...this.#kept.slice(0, oldest)];
  }

  #keepAll(entry: TraceEntry): void {
    if (this.#kept.length < allMax) this.#kept.push(entry);
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
