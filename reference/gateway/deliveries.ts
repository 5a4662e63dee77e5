import type { Metrics } from "../ports/mod.ts";

/** Outbox deliveries that no request waits for. */
export interface Deliveries {
  /** Starts one, or leaves it to the sweep when too many are in flight already. */
  start(deliver: () => Promise<void>): void;
  /** Resolves when none is in flight. */
  flush(): Promise<void>;
}

/**
 * Most deliveries in flight. At 1,500 jobs a second it is reached when a publish takes longer than 1.3 s: the bus is
 * as good as away then, and the sweep will serve it better than a longer queue.
 */
const deliveriesMax = 2_000;

/**
 * Keeps account of deliveries in flight. An answer never waits for the bus: the outbox has the intent.
 *
 * @param most - @defaultValue 2,000
 */
export function deliveries(metrics: Pick<Metrics, "count">, most = deliveriesMax): Deliveries {
  const inFlight = new Set<Promise<unknown>>();
  return {
    start(deliver) {
      if (inFlight.size >= most) return metrics.count("outboxFailed");
      const delivery: Promise<unknown> = deliver().finally(() => inFlight.delete(delivery));
      inFlight.add(delivery);
    },
    async flush() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}
