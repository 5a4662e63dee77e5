import { messageOf } from "../../core/mod.ts";
import type { DeathCause } from "./dead-letter.ts";
import { PermanentFailure, type Delivery } from "./message.ts";
import type { Observer } from "./observer.ts";
import type { Entry, Subscription } from "./under-way.ts";

/** Why an attempt did not deliver its message. */
export interface Failure {
  /** Set when no retry can help. */
  readonly cause: Exclude<DeathCause, "retries_exhausted"> | undefined;
  readonly detail: string;
}

/**
 * Gives a message to every subscriber that has not taken it yet, all at once. Resolves when the last of them has
 * settled: with nothing when all took it, otherwise with the failure that counts. It never rejects.
 */
export function attempt(entry: Entry, signal: AbortSignal, observer: Observer): Promise<Failure | undefined> {
  const { takenBy, route } = entry;
  const open = takenBy ? route.subscriptions.filter((each) => !takenBy.has(each)) : route.subscriptions;
  const delivery = deliveryOf(entry, signal);
  const first = open[0];
  if (!first) return Promise.resolve((takenBy?.size ?? 0) > 0 ? undefined : nobody);
  return open.length === 1 ? giveTo(first, delivery, observer) : giveToAll(open, entry, delivery, observer);
}

const nobody: Failure = { cause: "no_subscriber", detail: "nobody subscribes to its topic" };

function deliveryOf(entry: Entry, signal: AbortSignal): Delivery {
  const { id, message, priority, attempts } = entry;
  return { id, topic: message.topic, payload: message.payload, priority, attempt: attempts, signal };
}

async function giveToAll(
  all: readonly Subscription[],
  entry: Entry,
  delivery: Delivery,
  observer: Observer,
): Promise<Failure | undefined> {
  const failures = await Promise.all(all.map((each) => giveTo(each, delivery, observer)));
  if (failures.every((failure) => failure === undefined)) return undefined;
  entry.takenBy ??= new Set();
  for (const [index, each] of all.entries()) if (!failures[index]) entry.takenBy.add(each);
  return failures.find((failure) => failure?.cause) ?? failures.find(Boolean);
}

async function giveTo(to: Subscription, delivery: Delivery, observer: Observer): Promise<Failure | undefined> {
  const calledAtMs = observer.now();
  try {
    await to.handler(delivery);
    observer.handled(delivery.topic, calledAtMs, true);
    return undefined;
  } catch (thrown) {
    observer.handled(delivery.topic, calledAtMs, false);
    return { cause: thrown instanceof PermanentFailure ? "permanent_failure" : undefined, detail: messageOf(thrown) };
  }
}
