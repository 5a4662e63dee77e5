import { messageOf, type Clock } from "../../../core/mod.ts";
import type { Log } from "../../ports/mod.ts";
import type { DurableConsumer } from "./durable-consumer.ts";
import type { Link } from "./link.ts";
import { fulfilledWithin } from "./patience.ts";
import { PullSession, type SessionOwner } from "./pull-session.ts";

const firstDelayMs = 100;
const longestDelayMs = 2_000;
const outageCheckMs = 60_000;

/** What an intake works with. */
export interface IntakeOptions {
  readonly link: Link;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes sure that the consumer exists. */
  readonly ensure: () => Promise<DurableConsumer>;
  readonly owner: SessionOwner;
}

/** Keeps one pull session open, whatever happens to the server, until it is stopped. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #stopping = new AbortController();
  #session: PullSession | undefined;
  #paused: PromiseWithResolvers<void> | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    void this.#keepPulling();
  }

  /** There may be room for more. */
  refill(): void {
    this.#session?.refill();
  }

  /** What this session still brings must not be used. */
  discard(reason: string): void {
    this.#session?.end({ reason, discard: true });
  }

  /** Takes nothing more until it is resumed. Resolves as {@link stop} does. */
  async pause(reason: string): Promise<void> {
    this.#paused ??= Promise.withResolvers();
    this.#session?.end({ reason, discard: false });
    await this.#session?.close();
  }

  resume(): void {
    this.#paused?.resolve();
    this.#paused = undefined;
  }

  /** Resolves when the server holds no request of ours any more, and all that it sent has come. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#session?.end({ reason: "stopped", discard: false });
    await this.#session?.close();
  }

  async #keepPulling(): Promise<void> {
    const { link, clock } = this.#options;
    const { signal } = this.#stopping;
    for (let delayMs = firstDelayMs; !signal.aborted;) {
      await fulfilledWithin(clock, outageCheckMs, link.up(), signal);
      if (this.#paused) await fulfilledWithin(clock, outageCheckMs, this.#paused.promise, signal);
      if (signal.aborted) return;
      if (this.#paused) continue;
      const succeeded = await this.#pullOnce();
      delayMs = succeeded ? firstDelayMs : Math.min(2 * delayMs, longestDelayMs);
      await clock.sleep(delayMs, signal);
    }
  }

  /** Whether a session was opened. Resolves when it is over. */
  async #pullOnce(): Promise<boolean> {
    try {
      const consumer = await this.#options.ensure();
      if (!this.#stopping.signal.aborted && !this.#paused) await this.#follow(consumer);
      return true;
    } catch (thrown) {
      this.#warn("Cannot pull messages; trying again", { error: messageOf(thrown) });
      return false;
    }
  }

  async #follow(consumer: DurableConsumer): Promise<void> {
    const { link, clock, owner } = this.#options;
    const session = new PullSession(link, clock, consumer, owner);
    this.#session = session;
    session.refill();
    const { reason } = await session.ended;
    await session.close();
    this.#session = undefined;
    this.#warn("Pulling messages anew", { consumer: consumer.name, reason });
  }

  #warn(message: string, facts: Record<string, unknown>): void {
    if (!this.#stopping.signal.aborted) this.#options.log.warn(message, facts);
  }
}
