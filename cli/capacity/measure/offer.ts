import type { Clock } from "../../../core/mod.ts";
import type { PublishOrder } from "../bus/bus-messages.ts";
import type { Traffic } from "../bus/traffic.ts";

/** Whom messages are offered to, and what ends it early. */
export interface OfferTo {
  publish(order: PublishOrder): void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Sends every message when it is due, whatever becomes of those before it. What comes due together is sent together.
 *
 * @returns how late each of them was sent, in ms.
 */
export async function offer({ dueMs, topics }: Traffic, beganAtMs: number, to: OfferTo): Promise<Float64Array> {
  const lagMs = new Float64Array(dueMs.length);
  for (let next = 0; next < dueMs.length;) {
    await to.clock.sleep(Math.max(0, beganAtMs + (dueMs[next] ?? 0) - to.clock.now()), to.signal);
    to.signal.throwIfAborted();
    const sentAtMs = to.clock.now();
    const messages: number[] = [];
    for (; next < dueMs.length && beganAtMs + (dueMs[next] ?? 0) <= sentAtMs; next++) {
      messages.push(next);
      lagMs[next] = sentAtMs - beganAtMs - (dueMs[next] ?? 0);
    }
    if (messages.length > 0) to.publish({ messages, topics: messages.map((one) => topics[one] ?? 0), sentAtMs });
  }
  return lagMs;
}
