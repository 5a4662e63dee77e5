import { messageOf, type Clock, type Random, type SectionEvent, type Timer, type Witness } from "../../../core/mod.ts";
import { OutcomeUnknown, type Log } from "../../ports/mod.ts";
import type { KeyStore } from "./key-store.ts";

/** What holding keys takes. */
export interface HolderParts {
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly witness: Witness;
  readonly log: Log;
  /** CORDUM_INSTANCE_ID: the first part of every token, so that `GET <key>` shows who holds it. */
  readonly instance: string;
  readonly guard: SectionEvent["guard"];
  /** Whether a held key is renewed at a third of its TTL. */
  readonly renew: boolean;
  /** The holder learnt, or had to assume, that the key is no longer its own. */
  onAbandoned?(): void;
}

/** A key that the store has given to this replica. */
export interface Grant {
  readonly key: string;
  readonly token: string;
  readonly ttlMs: number;
  /** Until then the store surely keeps it: counted from before the request was sent, see {@link trustedMs}. */
  readonly validUntil: number;
}

/**
 * For how long a key is trusted that the store keeps for `ttlMs`: a hundredth and 2 ms less, as Redlock allows for
 * clocks that do not run alike. By a clock that is slow, the holder would outlast the key.
 */
function trustedMs(ttlMs: number): number {
  return ttlMs * 0.99 - 2;
}

/**
 * Asks for a key. Nothing when somebody else holds it, and also when nobody can tell, or the answer came too late to
 * be of use; then the key is taken back behind the caller's back.
 */
export async function takeKey(parts: HolderParts, key: string, ttlMs: number): Promise<Grant | undefined> {
  const validUntil = parts.clock.now() + trustedMs(ttlMs);
  const grant = { key, ttlMs, token: `${parts.instance}:${parts.random.id()}`, validUntil };
  try {
    if (!(await parts.store.take(key, grant.token, ttlMs))) return undefined;
  } catch (thrown) {
    if (!(thrown instanceof OutcomeUnknown)) throw thrown;
    withdraw(parts, grant);
    return undefined;
  }
  if (parts.clock.now() < grant.validUntil) return grant;
  withdraw(parts, grant);
  return undefined;
}

/** Gives back a key that was never used. Nobody waits for it: if it fails, the key runs out. */
export function withdraw({ store, log }: HolderParts, { key, token }: Grant): void {
  store.withdraw(key, token).catch((thrown: unknown) => {
    log.debug("key left to its expiry", { key, because: messageOf(thrown) });
  });
}

/**
 * A key that is held: renewed at a third of its TTL, until it is released, or is lost.
 *
 * It is lost when the store says so, and when the time that the store has promised is over, whatever the reason:
 * Redis away, or this process asleep. A renewal whose answer comes later than that does not count any more.
 */
export class HeldKey {
  readonly key: string;
  readonly section: string;
  readonly #parts: HolderParts;
  readonly #ttlMs: number;
  readonly #lost = new AbortController();
  #validUntil: number;
  #over = false;
  #expiry: Timer;
  #renewal: Timer | undefined;

  constructor(parts: HolderParts, grant: Grant) {
    this.key = grant.key;
    this.section = grant.token;
    this.#parts = parts;
    this.#ttlMs = grant.ttlMs;
    this.#validUntil = grant.validUntil;
    this.#record({ phase: "entered", validUntil: grant.validUntil });
    this.#expiry = this.#abandonAt(grant.validUntil);
    this.#renewAfter(grant.ttlMs / 3);
  }

  /** Aborts when the key is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Harmless when it is over already. A release that fails leaves the key to its expiry. */
  async release(): Promise<void> {
    const sentAt = this.#parts.clock.now();
    if (sentAt >= this.#validUntil) this.#abandon();
    if (this.#over) return;
    this.#end();
    try {
      const removed = await this.#parts.store.release(this.key, this.section);
      this.#record({ phase: "left", removed, sentAt });
    } catch (thrown) {
      this.#record({ phase: "left", sentAt });
      this.#parts.log.debug("key left to its expiry", { key: this.key, because: messageOf(thrown) });
    }
  }

  async #renew(): Promise<void> {
    const sentAt = this.#parts.clock.now();
    if (sentAt >= this.#validUntil) return this.#abandon();
    const renewed = await this.#tryRenewal();
    if (this.#over) return;
    if (renewed === false || this.#parts.clock.now() >= this.#validUntil) return this.#abandon();
    if (renewed) this.#extend(sentAt + trustedMs(this.#ttlMs));
    this.#renewAfter(renewed ? this.#ttlMs / 3 : this.#ttlMs / 12);
  }

  /** Nothing when nobody can tell: there is time to try again. */
  async #tryRenewal(): Promise<boolean | undefined> {
    try {
      return await this.#parts.store.renew(this.key, this.section, this.#ttlMs);
    } catch (thrown) {
      this.#parts.log.debug("renewal failed", { key: this.key, because: messageOf(thrown) });
      return undefined;
    }
  }

  #extend(validUntil: number): void {
    this.#validUntil = validUntil;
    this.#expiry.cancel();
    this.#expiry = this.#abandonAt(validUntil);
    this.#record({ phase: "renewed", validUntil });
  }

  #abandon(): void {
    if (this.#over) return;
    this.#end();
    this.#lost.abort();
    this.#record({ phase: "abandoned" });
    this.#parts.log.warn("key lost", { key: this.key, section: this.section });
    this.#parts.onAbandoned?.();
  }

  #end(): void {
    this.#over = true;
    this.#expiry.cancel();
    this.#renewal?.cancel();
  }

  #abandonAt(validUntil: number): Timer {
    const { clock } = this.#parts;
    return clock.after(Math.max(0, validUntil - clock.now()), () => this.#abandon());
  }

  #renewAfter(delayMs: number): void {
    if (this.#parts.renew) this.#renewal = this.#parts.clock.after(delayMs, () => void this.#renew());
  }

  #record(event: Pick<SectionEvent, "phase" | "validUntil" | "removed" | "sentAt">): void {
    const { witness, guard } = this.#parts;
    witness.record({ kind: "section", guard, key: this.key, section: this.section, ...event });
  }
}
