import type { Clock } from "../../core/mod.ts";
import type { DeadLetterStats } from "./bus-stats.ts";
import type { DeadLetter, DeadLetterQuery, ReplayQuery } from "./dead-letter.ts";
import type { Death } from "./shard.ts";
import type { Entry } from "./under-way.ts";

const shownByDefault = 100;
const maxAgeMsByDefault = 3_600_000;

/** A dead letter with what a replay needs of it. */
export interface Dead {
  readonly letter: DeadLetter;
  readonly entry: Entry;
  /** By the monotonic clock, for its age. */
  readonly diedAtMs: number;
}

/** The dead letters of a bus, oldest first, up to a limit: beyond it the oldest is given up, and counted. */
export class DeadLetters {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #dead = new Map<string, Dead>();
  readonly #oldest = this.#dead.keys();
  #replayed = 0;
  #evicted = 0;

  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
  }

  add(entry: Entry, death: Death): void {
    const letter = letterOf(entry, death, this.#clock.unixMs());
    this.#dead.set(entry.id, { letter, entry, diedAtMs: this.#clock.now() });
    if (this.#dead.size > this.#max) this.#evict(this.#oldest.next().value ?? entry.id);
  }

  list({ topic, limit = shownByDefault }: DeadLetterQuery = {}): DeadLetter[] {
    const wanted = this.#of(topic).slice(0, limit);
    return wanted.map(({ letter }) => letter);
  }

  replayable({ maxAgeMs = maxAgeMsByDefault, topic, limit = shownByDefault }: ReplayQuery = {}): Dead[] {
    const earliestMs = this.#clock.now() - maxAgeMs;
    const young = this.#of(topic).filter(({ diedAtMs }) => diedAtMs >= earliestMs);
    return young.slice(0, limit);
  }

  /** It was accepted again. */
  remove({ letter }: Dead): void {
    if (this.#dead.delete(letter.id)) this.#replayed += 1;
  }

  stats(): DeadLetterStats {
    return { held: this.#dead.size, replayed: this.#replayed, evicted: this.#evicted };
  }

  #of(topic: string | undefined): Dead[] {
    const all = [...this.#dead.values()];
    return topic === undefined ? all : all.filter(({ letter }) => letter.message.topic === topic);
  }

  #evict(id: string): void {
    if (this.#dead.delete(id)) this.#evicted += 1;
  }
}

function letterOf({ id, message, attempts, shard }: Entry, { cause, detail }: Death, diedUnixMs: number): DeadLetter {
  return { id, message, cause, detail: detail.slice(0, 1_000), attempts, shard, diedUnixMs };
}
