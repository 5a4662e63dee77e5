const multiplier = 0x5deece66dn;
const increment = 0xbn;
const bits48 = (1n << 48n) - 1n;
const largest = 2147483647;

/**
 * What `math.random` draws from: Redis's copy of drand48 (rand.c). It begins at the same place in every server, and
 * goes on from script to script: Redis 7.0 no longer sets it back.
 */
export class Chance {
  #state = 0x1234abcd330en;

  seed(seed: number): void {
    this.#state = (BigInt.asUintN(32, BigInt(seed)) << 16n) + 0x330en;
  }

  /** A number from 0 to just below 1. */
  next(): number {
    this.#state = (this.#state * multiplier + increment) & bits48;
    return (Number(this.#state >> 17n) % largest) / largest;
  }
}
