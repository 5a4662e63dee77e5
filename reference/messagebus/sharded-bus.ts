import { SeatrialError, systemRandom, type Clock } from "../../core/mod.ts";
import { HashRing } from "../domain/messagebus/hash-ring.ts";
import type { MessageBusOptions, MessageBusPorts } from "./bus-options.ts";
import type { BusLeftover, BusStats } from "./bus-stats.ts";
import { checkedOptions, checkedPatienceMs, checkedShards } from "./checked-options.ts";
import type { DeadLetter, DeadLetterQuery, Replayed, ReplayQuery } from "./dead-letter.ts";
import { DeadLetters, type Dead } from "./dead-letters.ts";
import { Intake } from "./intake.ts";
import { leftoverOf } from "./leftover.ts";
import type { MessageBus, Resized, Unsubscribe } from "./message-bus.ts";
import type { BusMessage, Handler, Published } from "./message.ts";
import { Observer } from "./observer.ts";
import { Routes } from "./routes.ts";
import { ShardSet } from "./shard-set.ts";
import type { Death } from "./shard.ts";
import { Turns } from "./turns.ts";
import type { Entry, TopicRoute } from "./under-way.ts";

/**
 * A running message bus. Nothing has to be started; `stop` ends it.
 *
 * @throws UsageError when an option is out of its range
 */
export function messageBus(options: Partial<MessageBusOptions> & MessageBusPorts): MessageBus {
  return new ShardedBus(checkedOptions(options), options);
}

type Refused = Extract<Published, { accepted: false }>;

class ShardedBus implements MessageBus {
  readonly #options: MessageBusOptions;
  readonly #clock: Clock;
  readonly #observer: Observer;
  readonly #intake: Intake;
  readonly #routes: Routes;
  readonly #shards: ShardSet;
  readonly #deadLetters: DeadLetters;
  readonly #ending = new AbortController();
  /** What no other bus begins its ids with. */
  readonly #name: string;
  #lastOrder = 0;
  #refused = 0;
  #duplicates = 0;
  #resizing: ((resized: Pick<Resized, "complete">) => void) | undefined;
  #idle: (() => void) | undefined;
  #isStopping = false;
  #stopped: Promise<BusLeftover> | undefined;

  constructor(options: MessageBusOptions, { clock, random = systemRandom(), metrics, onAttempt }: MessageBusPorts) {
    this.#options = options;
    this.#clock = clock;
    this.#name = random.id().slice(-12);
    this.#observer = new Observer({ clock, metrics, onAttempt });
    this.#intake = new Intake(options);
    this.#deadLetters = new DeadLetters(clock, options.deadLettersMax);
    this.#shards = new ShardSet({
      ...{ clock, limits: options, observer: this.#observer, signal: this.#ending.signal },
      turns: new Turns(clock, () => this.#shards.work(clock.now())),
      settled: (entry, death) => this.#settled(entry, death),
    });
    const numbers = checkedShards(options.shards);
    this.#shards.become(numbers);
    this.#routes = new Routes(new HashRing(numbers), ({ shard }, parked) => this.#shards.get(shard).unpark(parked));
  }

  publish(message: BusMessage): Published {
    const nowMs = this.#clock.now();
    const misfit = this.#intake.misfit(message);
    if (misfit) return this.#refuse(misfit);
    const original = this.#intake.original(message, nowMs);
    if (original) {
      this.#duplicates += 1;
      return { accepted: true, ...original, duplicate: true };
    }
    const published = this.#intake.overLimit(message, nowMs) ?? this.#place(message, nowMs);
    if (!published.accepted) return this.#refuse(published);
    this.#intake.accepted(message, published, nowMs);
    return published;
  }

  subscribe(topic: string, handler: Handler): Unsubscribe {
    return this.#routes.subscribe(topic, handler);
  }

  shardOf(topic: string): number {
    return this.#routes.of(topic).shard;
  }

  stats(): BusStats {
    return {
      shards: this.#shards.all().map((shard) => shard.stats()),
      ledger: this.#shards.ledger(),
      refused: this.#refused,
      duplicates: this.#duplicates,
      deadLetters: this.#deadLetters.stats(),
      observerFailures: this.#observer.failures,
    };
  }

  deadLetters(query?: DeadLetterQuery): readonly DeadLetter[] {
    return this.#deadLetters.list(query);
  }

  replay(query?: ReplayQuery): Replayed {
    const chosen = this.#deadLetters.replayable(query);
    const accepted = chosen.filter((dead) => this.#republish(dead));
    for (const dead of accepted) this.#deadLetters.remove(dead);
    const { held: remaining } = this.#deadLetters.stats();
    return { replayed: accepted.length, refused: chosen.length - accepted.length, remaining };
  }

  pause(shard: number): void {
    this.#shards.get(shard).pausedByOperator = true;
  }

  resume(shard: number): void {
    this.#shards.get(shard).pausedByOperator = false;
  }

  async resize(shards: number | readonly number[]): Promise<Resized> {
    const numbers = checkedShards(shards);
    if (this.#isStopping) throw new SeatrialError("bus_stopped", "The bus was stopped");
    if (this.#resizing)
      throw new SeatrialError("resize_under_way", "Topics are still moving", { hint: "await the resize before" });
    this.#shards.become(numbers);
    this.#routes.redirect(new HashRing(numbers));
    const drained = this.#routes.moving;
    const { complete } = await new Promise<Pick<Resized, "complete">>((resolve) => {
      this.#resizing = resolve;
      this.#finishResize();
    });
    return { drained, complete };
  }

  async stop({ withinMs }: { readonly withinMs: number }): Promise<BusLeftover> {
    const patienceMs = checkedPatienceMs(withinMs);
    this.#isStopping = true;
    this.#stopped ??= this.#drain(patienceMs);
    return this.#stopped;
  }

  /** Gives a message its place on a shard, or says why it has none. */
  #place(message: BusMessage, nowMs: number, again?: Entry): Published {
    const route = this.#routes.of(message.topic);
    const refusal = this.#refusalOf(route.shard, nowMs);
    if (refusal) return refusal;
    const entry = this.#entry(message, route, nowMs, again);
    this.#routes.begin(route);
    this.#shards.get(route.shard).accept(entry, nowMs);
    return { accepted: true, id: entry.id, shard: route.shard, duplicate: false };
  }

  #entry(message: BusMessage, route: TopicRoute, nowMs: number, again: Entry | undefined): Entry {
    const { priority = 0 } = message;
    const order = ++this.#lastOrder;
    return {
      id: again?.id ?? `${this.#name}-${order}`,
      message,
      priority,
      order,
      queue: priority >= this.#options.highPriorityFrom ? "high" : "normal",
      route,
      shard: route.shard,
      acceptedAtMs: nowMs,
      enqueuedAtMs: nowMs,
      startedAtMs: nowMs,
      attempts: 0,
      takenBy: again?.takenBy,
      timer: undefined,
    };
  }

  #refusalOf(number: number, nowMs: number): Refused | undefined {
    if (this.#isStopping) return { accepted: false, status: 503, reason: "bus_stopped" };
    const shard = this.#shards.get(number);
    if (shard.pausedByOperator) return { accepted: false, status: 503, reason: "shard_paused", shard: number };
    if (!shard.hasBackpressure) return undefined;
    const retryAfterMs = shard.resumesInMs(nowMs);
    return { accepted: false, status: 429, reason: "backpressure", shard: number, retryAfterMs };
  }

  #refuse(refused: Refused): Refused {
    this.#refused += 1;
    if (refused.shard !== undefined) this.#shards.get(refused.shard).refuse();
    this.#observer.refused(refused.reason);
    return refused;
  }

  /** Past the intake, which it has passed before: its own key would make it a duplicate of itself. */
  #republish({ entry }: Dead): boolean {
    const published = this.#place(entry.message, this.#clock.now(), entry);
    if (!published.accepted) this.#refuse(published);
    return published.accepted;
  }

  #settled(entry: Entry, death: Death | undefined): void {
    if (death) this.#deadLetters.add(entry, death);
    this.#routes.end(entry);
    this.#finishResize();
    if (this.#routes.underWay === 0) this.#idle?.();
  }

  #finishResize(): void {
    if (!this.#resizing || this.#routes.moving > 0) return;
    this.#shards.dropRetired();
    this.#resizing({ complete: true });
    this.#resizing = undefined;
  }

  async #drain(withinMs: number): Promise<BusLeftover> {
    if (this.#routes.underWay > 0) await this.#idleWithin(withinMs);
    const givenUp = this.#shards.all().map((shard) => shard.giveUp());
    const leftover = leftoverOf(givenUp);
    for (const { message } of leftover.messages) this.#intake.givenBack(message);
    this.#resizing?.({ complete: false });
    this.#resizing = undefined;
    this.#ending.abort(new SeatrialError("bus_stopped", "The bus was stopped, and its time to drain is over"));
    return leftover;
  }

  async #idleWithin(withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = this.#clock.after(withinMs, resolve);
      this.#idle = () => {
        timer.cancel();
        resolve();
      };
    });
    this.#idle = undefined;
  }
}
