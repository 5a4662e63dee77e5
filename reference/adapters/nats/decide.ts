import { messageOf } from "../../../core/mod.ts";
import type { Delivery, Disposition, Log, Metrics } from "../../ports/mod.ts";

const firstBackoffMs = 100;
const longestBackoffMs = 5_000;

/** What a consumption does with a message. */
export type Handler = (delivery: Delivery) => Promise<Disposition>;

/** Asks the handler, and counts. One that throws has its message delivered again, after a backoff. */
export function decideWith(handler: Handler, log: Log, metrics: Metrics, subject: string): Handler {
  return async (delivery) => {
    if (delivery.deliveries > 1) metrics.count("redeliveries", { subject });
    try {
      const disposition = await handler(delivery);
      if (typeof disposition === "object" && "reject" in disposition) {
        log.warn("A message was rejected", { subject: delivery.subject, reason: disposition.reject });
      }
      return disposition;
    } catch (thrown) {
      const later = backoffMs(delivery.deliveries);
      metrics.count("handlerFailures", { subject });
      log.error("A handler failed", { subject: delivery.subject, later, error: messageOf(thrown) });
      return { later };
    }
  };
}

/** 100 ms after the first delivery, doubling with each, up to 5 s. */
export function backoffMs(deliveries: number): number {
  return Math.min(firstBackoffMs * 2 ** (deliveries - 1), longestBackoffMs);
}
