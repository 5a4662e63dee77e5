import type { Clock, Random } from "../../../core/mod.ts";
import { Alarm } from "../alarm.ts";
import { statusBlock } from "../headers.ts";
import type { Quirks } from "../quirks.ts";
import type { Router } from "../router.ts";
import { matcher } from "../subjects.ts";
import type { Advisories } from "./advisories.ts";
import type { ConsumerConfig } from "./consumer-config.ts";
import { Idleness } from "./idleness.ts";
import type { MessageStore } from "./message-store.ts";
import { NumPending } from "./num-pending.ts";
import { OpenDeliveries } from "./open-deliveries.ts";
import { SavedProgress, type Progress } from "./progress.ts";
import type { PullRequest } from "./pull-request.ts";
import { PullQueue } from "./pull-queue.ts";
import { RedeliveryQueue } from "./redelivery-queue.ts";

/** What a consumer needs of its stream. */
export interface ConsumerHome {
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly router: Router;
  readonly quirks: Quirks;
  readonly advisories: Advisories;
  readonly store: MessageStore;
  readonly flushAfterMs: number;
  /** The consumer needs this message no more: a stream that keeps only what is needed lets go of it. */
  released(sequence: number, by: Consumer): void;
  /** Nobody has used the consumer for as long as it may be idle. */
  abandoned(consumer: Consumer): void;
}

/** A durable or ephemeral pull consumer: the parts of its state, which deliveries and acknowledgements work on. */
export class Consumer {
  readonly name: string;
  readonly createdUnixMs: number;
  readonly home: ConsumerHome;
  config: ConsumerConfig;
  /** Whether its filter lets messages of a subject through. */
  readonly matches: (subject: string) => boolean;
  readonly progress: Progress;
  readonly saved: SavedProgress;
  readonly redeliveries = new RedeliveryQueue();
  readonly requests: PullQueue;
  readonly open: OpenDeliveries;
  readonly numPending: NumPending;
  readonly idleness: Idleness;
  /** Rings when requests expire or want a heartbeat. */
  readonly requestAlarm: Alarm;
  /** The last message of each subject, still to be delivered before all others. */
  skipList: { readonly resume: number; readonly sequences: number[] } | undefined;
  lastDeliveredUnixMs: number | undefined;
  lastAckedUnixMs: number | undefined;
  /** Whether anything was ever delivered again. */
  hasRedelivered = false;
  isClosed = false;
  readonly #pump: (consumer: Consumer) => void;
  #isAwake = false;

  constructor(parts: ConsumerParts) {
    this.name = parts.name;
    this.home = parts.home;
    this.createdUnixMs = parts.createdUnixMs;
    this.progress = parts.progress;
    this.config = parts.config;
    this.matches = matcher(parts.config.filter_subject ?? "");
    this.#pump = parts.pump;
    const { clock, flushAfterMs } = parts.home;
    this.saved = new SavedProgress(flushAfterMs, parts.progress);
    this.requests = new PullQueue(this.#queueOwner(), parts.config.max_waiting ?? 0);
    this.open = new OpenDeliveries(this);
    this.numPending = new NumPending(this);
    this.idleness = new Idleness(this);
    this.requestAlarm = new Alarm(clock, () => this.home.router.turn.run(() => this.wake()));
  }

  /** Delivers whatever can be delivered, once what is being done is done. */
  wake(): void {
    if (this.#isAwake || this.isClosed) return;
    this.#isAwake = true;
    this.home.router.turn.later(() => {
      this.#isAwake = false;
      if (!this.isClosed) this.#pump(this);
    });
  }

  /** The stream has stored something. */
  stored(sequence: number, subject: string): void {
    if (!this.matches(subject)) return;
    this.numPending.stored(sequence);
    if (sequence >= this.progress.nextSequence && this.requests.size > 0) this.wake();
  }

  /** Nobody uses it any more. */
  abandon(): void {
    this.home.abandoned(this);
  }

  /** A change of progress is about to happen. */
  touch(): void {
    this.saved.beforeChange(this.home.clock.now(), this.progress);
  }

  /** Looks through the requests, and sees to it that this is done again when it has to be. */
  reviewRequests(isDry: boolean): number {
    const { wanted, dueMs } = this.requests.review(isDry);
    if (dueMs < Infinity) this.requestAlarm.by(dueMs);
    return wanted;
  }

  /** Tells a client how its request stands. */
  tell(reply: string, headers: string): void {
    this.home.router.publish({ subject: reply, headers, payload: "" });
  }

  /** Begins to deliver, from wherever it is. */
  start(): void {
    const { progress, home } = this;
    this.isClosed = false;
    this.saved.flush(progress);
    this.numPending.recount();
    this.idleness.start(this.config.durable_name !== undefined);
    if (progress.pending.size > 0) this.open.checkSoon(home.random.int(1_000));
  }

  /** Goes back to what is on disk: what happened after that is lost. */
  rewind(): void {
    Object.assign(this.progress, this.saved.at(this.home.clock.now(), this.progress));
    this.redeliveries.clear();
  }

  /** Takes it out of service. Its progress stays as it is. */
  stop(): void {
    this.isClosed = true;
    this.requestAlarm.clear();
    this.open.stop();
    this.idleness.stop();
  }

  #queueOwner(): ConstructorParameters<typeof PullQueue>[0] {
    const { clock, router } = this.home;
    return {
      now: () => clock.now(),
      isHeard: (reply) => router.hasInterest(reply),
      tell: (request, status) => this.tell(request.reply, statusBlock(status, leftOf(request))),
      beat: ({ reply }) => this.tell(reply, statusBlock("100 Idle Heartbeat", this.#lastDelivered())),
    };
  }

  #lastDelivered(): Record<string, number> {
    const { nextDelivery, nextSequence } = this.progress;
    return { "Nats-Last-Consumer": nextDelivery - 1, "Nats-Last-Stream": nextSequence - 1 };
  }
}

/** What a consumer is made of. */
export interface ConsumerParts {
  readonly name: string;
  readonly config: ConsumerConfig;
  readonly home: ConsumerHome;
  readonly createdUnixMs: number;
  readonly progress: Progress;
  readonly pump: (consumer: Consumer) => void;
}

function leftOf(request: PullRequest): Record<string, number> {
  return { "Nats-Pending-Messages": request.messages, "Nats-Pending-Bytes": request.bytes };
}
