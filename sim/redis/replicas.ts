import type { Clock, Random } from "../../core/mod.ts";
import type { RedisOptions } from "./engine.ts";
import type { Write } from "./write-stream.ts";

/** Where a primary sends its writes. */
export interface Replica {
  /** How much of the stream it has said that it carried out. */
  readonly acknowledged: number;
  /** When it last said so, by the primary's monotonic clock. */
  readonly heardAtMs: number;
  /** `host:port`, as ROLE shows it. */
  readonly address: string;
  send(writes: readonly Write[], offset: number): void;
  /** Wants to hear how far it is. */
  askForAcknowledgement(): void;
}

const maxLagMs = 10_000;

/** The replicas that a primary feeds, and how far its stream has come. */
export class Replicas {
  readonly #clock: Clock;
  readonly #limits: Omit<RedisOptions, "clock" | "random">;
  readonly #all = new Set<Replica>();
  /** Names one history of writes: another primary's, and this one's after a promotion, has another. */
  id: string;
  /** Bytes of the stream so far. */
  offset = 0;

  constructor(clock: Clock, random: Random, limits: Omit<RedisOptions, "clock" | "random">) {
    this.#clock = clock;
    this.#limits = limits;
    this.id = historyId(random);
  }

  get all(): ReadonlySet<Replica> {
    return this.#all;
  }

  add(replica: Replica): void {
    this.#all.add(replica);
  }

  remove(replica: Replica): void {
    this.#all.delete(replica);
  }

  feed(writes: readonly Write[]): void {
    for (const { size } of writes) this.offset += size;
    for (const replica of this.#all) replica.send(writes, this.offset);
  }

  /** WAIT does not wait until replicas speak by themselves. */
  askForAcknowledgement(): void {
    for (const replica of this.#all) replica.askForAcknowledgement();
  }

  /** How many have carried out the stream up to here. */
  acknowledgedBy(offset: number): number {
    return [...this.#all].filter(({ acknowledged }) => acknowledged >= offset).length;
  }

  /** Whether as many keep up as `min-replicas-to-write` wants. */
  get areEnough(): boolean {
    const { minReplicasToWrite = 0, minReplicasMaxLagMs = maxLagMs } = this.#limits;
    if (minReplicasToWrite === 0) return true;
    const heardSince = this.#clock.now() - minReplicasMaxLagMs;
    return [...this.#all].filter(({ heardAtMs }) => heardAtMs >= heardSince).length >= minReplicasToWrite;
  }
}

/** Forty hexadecimal digits, as Redis names a history. */
export function historyId(random: Random): string {
  return Array.from({ length: 40 }, () => random.int(16).toString(16)).join("");
}
