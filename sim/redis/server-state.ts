import type { Clock, Random } from "../../core/mod.ts";
import type { Bytes } from "../bytes.ts";
import { Channels } from "./channels.ts";
import type { Client } from "./client.ts";
import { Database, type DatabaseOwner, type ExpiryRule } from "./database.ts";
import type { RedisOptions } from "./engine.ts";
import { ScriptMemory, type CompiledScript } from "./lua/mod.ts";
import { Replicas } from "./replicas.ts";
import { Waits } from "./waits.ts";
import { Watches } from "./watches.ts";
import { WriteStream } from "./write-stream.ts";

const databaseCount = 16;
/** As long as Redis's own sweeps are apart at its default of 10 Hz. */
const sweepEveryMs = 100;
/** How many keys one sweep looks at. */
const sweepCount = 20;

/** Everything that a server knows. */
export class ServerState implements DatabaseOwner {
  readonly clock: Clock;
  readonly random: Random;
  readonly databases: readonly Database[];
  readonly channels = new Channels();
  readonly watches = new Watches();
  readonly waits: Waits;
  readonly clients = new Map<number, Client>();
  /** Compiled scripts by their digests. */
  readonly scripts = new Map<Bytes, CompiledScript>();
  /** What Lua keeps from one script to the next. */
  readonly scriptMemory = new ScriptMemory();
  readonly replicas: Replicas;
  readonly stream: WriteStream;
  /** The primary's address, while this server is a replica. */
  primary: string | undefined;
  /** Unix milliseconds of the command that is being carried out: within one command time stands still. */
  nowMs = 0;
  /** Counts every change of a key. */
  changes = 0;
  commandsProcessed = 0;
  expiredKeys = 0;
  /** A command of the primary's stream is being carried out. */
  obeying = false;
  #sweptAtMs = 0;
  #nextClientId = 1;
  #lastMicros = 0;

  constructor({ clock, random, ...limits }: RedisOptions) {
    this.clock = clock;
    this.random = random;
    this.databases = Array.from({ length: databaseCount }, (_, index) => new Database(index, this));
    this.waits = new Waits(clock);
    this.replicas = new Replicas(clock, random, limits);
    this.stream = new WriteStream((writes) => {
      // A replica hands on its primary's writes as they came.
      if (!this.obeying) this.replicas.feed(writes);
    });
    this.tick();
  }

  /** A command of the primary deletes what has expired there; a replica only hides it until then. */
  get expiryRule(): ExpiryRule {
    if (this.primary === undefined) return "delete";
    return this.obeying ? "ignore" : "hide";
  }

  /** Reads the clock for the next command, and now and then sweeps up keys that nobody asks for. */
  tick(): void {
    this.nowMs = Math.floor(this.clock.unixMs());
    if (this.nowMs - this.#sweptAtMs < sweepEveryMs && this.nowMs >= this.#sweptAtMs) return;
    this.#sweptAtMs = this.nowMs;
    for (const database of this.databases) {
      if (database.expiring > 0) database.sweep(sweepCount);
    }
    this.stream.flush();
  }

  database(index: number): Database {
    const database = this.databases[index];
    if (!database) throw new Error(`There is no database ${index}`);
    return database;
  }

  onChange(database: Database, key: Bytes): void {
    this.changes += 1;
    this.watches.touch(database.index, key);
    this.waits.signal(database.index, key);
  }

  onExpire(database: Database, key: Bytes): void {
    this.expiredKeys += 1;
    this.watches.touch(database.index, key);
    this.stream.append(database.index, ["DEL", key]);
  }

  /**
   * What TIME says. The wall clock gives milliseconds; what is finer comes from the monotonic one, and never goes
   * backwards within a millisecond.
   */
  unixMicros(): number {
    const fine = Math.floor((this.clock.now() % 1) * 1000);
    const micros = this.nowMs * 1000 + fine;
    const isBefore = micros < this.#lastMicros && this.nowMs * 1000 + 999 >= this.#lastMicros;
    this.#lastMicros = isBefore ? this.#lastMicros : micros;
    return this.#lastMicros;
  }

  nextClientId(): number {
    return this.#nextClientId++;
  }
}
