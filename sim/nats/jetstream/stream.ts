import type { Clock, Random } from "../../../core/mod.ts";
import { Alarm } from "../alarm.ts";
import type { NatsMessage, NatsOptions } from "../engine.ts";
import { headerOf } from "../headers.ts";
import type { Quirks } from "../quirks.ts";
import type { Router, Subscriber } from "../router.ts";
import { forget } from "./acknowledge.ts";
import type { Advisories } from "./advisories.ts";
import type { Consumer, ConsumerHome } from "./consumer.ts";
import { DedupWindow } from "./dedup.ts";
import type { KeptStream } from "./disk-image.ts";
import { enforceNewLimits } from "./limits.ts";
import { MessageStore, type StoredMessage } from "./message-store.ts";
import { isNeeded } from "./retention.ts";
import type { StreamConfig } from "./stream-config.ts";
import type { StreamState } from "./stream-state.ts";
import { takeIn } from "./take-in.ts";

const nanosInMs = 1e6;

/** What a stream needs of its server. */
export interface StreamHome {
  readonly clock: Clock;
  readonly random: Random;
  readonly router: Router;
  readonly quirks: Quirks;
  readonly advisories: Advisories;
  readonly flushAfterMs: number;
  readonly stored: NatsOptions["stored"];
}

/** A stream: its messages, and the consumers that deliver them. */
export class Stream implements ConsumerHome, StreamState, Subscriber {
  readonly queue = undefined;
  readonly createdUnixMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly router: Router;
  readonly quirks: Quirks;
  readonly advisories: Advisories;
  readonly flushAfterMs: number;
  readonly store: MessageStore;
  readonly dedup: DedupWindow;
  readonly consumers = new Map<string, Consumer>();
  /** The number of the last message, as publishers may expect it: a purge beyond it does not move it. */
  lastSequence: number;
  /** The id of the message that was stored last, if it had one. */
  lastMessageId = "";
  readonly #tap: NatsOptions["stored"];
  #config: StreamConfig;
  readonly #ageAlarm: Alarm;

  constructor(
    config: StreamConfig,
    home: StreamHome,
    kept: Pick<KeptStream, "store" | "createdUnixMs"> = newStream(config, home.clock),
  ) {
    this.#config = config;
    ({
      clock: this.clock,
      random: this.random,
      router: this.router,
      quirks: this.quirks,
      advisories: this.advisories,
      flushAfterMs: this.flushAfterMs,
    } = home);
    this.#tap = home.stored;
    this.createdUnixMs = kept.createdUnixMs;
    this.store = kept.store;
    this.lastSequence = kept.store.last;
    this.dedup = new DedupWindow(home.clock, windowMsOf(config));
    this.#ageAlarm = new Alarm(home.clock, () => this.router.turn.run(() => this.#expire()));
    this.#remember();
  }

  get name(): string {
    return this.#config.name;
  }

  get config(): StreamConfig {
    return this.#config;
  }

  /** Takes in what is published on its subjects, and lets its consumers deliver. */
  open(): void {
    this.#listen();
    for (const consumer of this.consumers.values()) consumer.start();
    this.#watchAge();
  }

  /** Takes in nothing more, and its consumers deliver nothing more. All stays as it is. */
  close(): void {
    this.#listenNoMore();
    for (const consumer of this.consumers.values()) consumer.stop();
    this.#ageAlarm.clear();
  }

  update(config: StreamConfig): void {
    const before = this.#config;
    this.#listenNoMore();
    this.#config = config;
    this.#listen();
    this.dedup.resize(windowMsOf(config));
    enforceNewLimits(this, before);
    this.#expire();
  }

  hear(message: NatsMessage): boolean {
    takeIn(this, message);
    return true;
  }

  /** A message has been stored. */
  stored({ sequence, subject, payload }: StoredMessage): void {
    this.#tap?.({ stream: this.name, sequence, subject, payload });
    this.#watchAge();
    this.router.turn.later(() => {
      for (const consumer of this.consumers.values()) consumer.stored(sequence, subject);
    });
  }

  /** Lets go of a message. @returns whether it was there */
  remove(sequence: number): boolean {
    const message = this.store.remove(sequence);
    if (!message) return false;
    for (const consumer of this.consumers.values()) forget(consumer, sequence, message.subject);
    return true;
  }

  released(sequence: number, by: Consumer): void {
    if (this.#config.retention === "limits" || sequence < this.store.first) return;
    if (this.#config.retention === "workqueue" || !isNeeded(this, sequence, by)) this.remove(sequence);
  }

  abandoned(consumer: Consumer): void {
    this.removeConsumer(consumer);
  }

  /** Deletes a consumer, and tells those who wait for its messages. */
  removeConsumer(consumer: Consumer): void {
    this.advisories.consumerIs("delete", this.name, consumer.name);
    this.endConsumer(consumer);
    if (this.#config.retention === "interest") this.#removeUnneeded(consumer.progress.ackedSequence);
  }

  /** Ends a consumer, and tells those who wait for its messages. */
  endConsumer(consumer: Consumer): void {
    for (const { reply } of consumer.requests.takeAll()) {
      consumer.tell(reply, "NATS/1.0 409 Consumer Deleted\r\n\r\n");
    }
    consumer.stop();
    this.consumers.delete(consumer.name);
  }

  #listen(): void {
    for (const subject of this.#config.subjects) this.router.subscribe(subject, this);
  }

  #listenNoMore(): void {
    for (const subject of this.#config.subjects) this.router.unsubscribe(subject, this);
  }

  #removeUnneeded(from: number): void {
    for (let sequence = Math.max(from, this.store.first); sequence <= this.store.last; sequence++) {
      if (!isNeeded(this, sequence)) this.remove(sequence);
    }
  }

  /** The oldest message decides when to look again. */
  #watchAge(): void {
    const { max_age: nanos } = this.#config;
    const oldest = this.store.get(this.store.first);
    if (nanos <= 0 || !oldest) return this.#ageAlarm.clear();
    if (this.#ageAlarm.isSet) return;
    this.#ageAlarm.reset(Math.max(0, oldest.unixMs + nanos / nanosInMs - this.clock.unixMs()));
  }

  #expire(): void {
    const { max_age: nanos } = this.#config;
    this.#ageAlarm.clear();
    const bornBeforeMs = this.clock.unixMs() - nanos / nanosInMs;
    for (;;) {
      const oldest = this.store.get(this.store.first);
      if (nanos <= 0 || !oldest || oldest.unixMs > bornBeforeMs) break;
      this.remove(oldest.sequence);
    }
    this.#watchAge();
  }

  /** After a restart the ids are read from the messages that are still in the window. */
  #remember(): void {
    for (const { headers, sequence, unixMs } of this.store) {
      const id = headerOf(headers, "Nats-Msg-Id");
      if (id !== "") this.dedup.add(id, sequence, this.clock.unixMs() - unixMs);
      if (sequence === this.store.last) this.lastMessageId = id;
    }
  }
}

function newStream({ storage }: StreamConfig, clock: Clock): Pick<KeptStream, "store" | "createdUnixMs"> {
  return { store: new MessageStore(storage), createdUnixMs: clock.unixMs() };
}

function windowMsOf({ duplicate_window: nanos = 0 }: StreamConfig): number {
  return nanos / nanosInMs;
}
