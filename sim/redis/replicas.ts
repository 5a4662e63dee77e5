import type { Clock, Random } from "../../core/mod.ts";
import { Backlog } from "./backlog.ts";
import type { RedisOptions } from "./engine.ts";
import type { Write } from "./write-stream.ts";

/** A replica, as its primary sees it. */
export interface Replica {
  /** `host:port`, as ROLE shows it. */
  readonly address: string;
  /** How much of the stream it has said that it carried out. */
  readonly acknowledged: number;
  /** When it was last heard of, by the primary's monotonic clock. */
  readonly heardAtMs: number;
  send(writes: readonly Write[], offset: number): void;
  /** Wants to hear how far it is. */
  askForAcknowledgement(): void;
}

const maxLagMs = 10_000;

/** The replicas that a server feeds, and how far its stream has come. */
export class Replicas {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #limits: Omit<RedisOptions, "clock" | "random">;
  readonly #all = new Set<Replica>();
  /** Kept from the first replica on, or from when this server became one: before, nobody could ask for it. */
  #backlog: Backlog | undefined;
  /** Names one history of writes; the writes of a server that was promoted are another history. */
  id: string;
  /** The history that this one goes on from, and where it does. */
  #former: { readonly id: string; readonly until: number } | undefined;
  /** Bytes of the stream so far. */
  offset = 0;

  constructor(clock: Clock, random: Random, limits: Omit<RedisOptions, "clock" | "random">) {
    this.#clock = clock;
    this.#random = random;
    this.#limits = limits;
    this.id = historyId(random);
  }

  get all(): ReadonlySet<Replica> {
    return this.#all;
  }

  add(replica: Replica): void {
    this.#backlog ??= new Backlog();
    this.#all.add(replica);
  }

  remove(replica: Replica): void {
    this.#all.delete(replica);
  }

  feed(writes: readonly Write[]): void {
    const from = this.offset;
    for (const { size } of writes) this.offset += size;
    this.#backlog?.append(writes, from, this.offset);
    for (const replica of this.#all) replica.send(writes, this.offset);
  }

  /** What somebody lacks who has this history up to here; nothing when only a snapshot helps. */
  missing(history: string, offset: number): readonly Write[] | undefined {
    const isKnown = history === this.id || (history === this.#former?.id && offset <= this.#former.until);
    return isKnown ? this.#backlog?.since(offset, this.offset) : undefined;
  }

  /** From here on the writes are this server's own. */
  beginHistory(): void {
    this.#former = { id: this.id, until: this.offset };
    this.id = historyId(this.#random);
  }

  /** From here on this server repeats another's writes. */
  adoptHistory(id: string, offset = this.offset): void {
    if (!this.#backlog || offset !== this.offset) this.#backlog = new Backlog();
    this.id = id;
    this.#former = undefined;
    this.offset = offset;
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
function historyId(random: Random): string {
  return Array.from({ length: 40 }, () => random.int(16).toString(16)).join("");
}
