import { UsageError } from "../../core/mod.ts";
import type { Ledger } from "./bus-stats.ts";
import { addLedgers, emptyLedger } from "./ledgers.ts";
import { Shard, type ShardParts } from "./shard.ts";

/** The shards of a bus by number: those on the ring, and those that are off it and work off their backlog. */
export class ShardSet {
  readonly #shards = new Map<number, Shard>();
  readonly #parts: ShardParts;
  /** Of shards that are gone; all their messages have reached an end. */
  #gone = emptyLedger;

  constructor(parts: ShardParts) {
    this.#parts = parts;
  }

  /** @throws UsageError when there is no such shard */
  get(number: number): Shard {
    const shard = this.#shards.get(number);
    if (!shard) throw new UsageError(`There is no shard ${number}`, `there are ${[...this.#shards.keys()].join(", ")}`);
    return shard;
  }

  /** By number. */
  all(): Shard[] {
    return [...this.#shards.values()].toSorted((one, other) => one.number - other.number);
  }

  /** Makes those that are missing; the others are off the ring from now on. */
  become(numbers: readonly number[]): void {
    for (const number of numbers)
      if (!this.#shards.has(number)) this.#shards.set(number, new Shard(number, this.#parts));
    for (const shard of this.#shards.values()) shard.retiring = !numbers.includes(shard.number);
  }

  /** Takes out what is off the ring: every topic has left these by now. */
  dropRetired(): void {
    for (const shard of this.#shards.values()) {
      if (!shard.retiring) continue;
      this.#gone = addLedgers(this.#gone, shard.ledger());
      this.#shards.delete(shard.number);
    }
  }

  work(nowMs: number): void {
    for (const shard of this.#shards.values()) shard.work(nowMs);
  }

  /** Of all shards together, also those that are gone. */
  ledger(): Ledger {
    return this.all()
      .map((shard) => shard.ledger())
      .reduce(addLedgers, this.#gone);
  }
}
