import type { Clock } from "../../core/mod.ts";
import type { BusMetrics } from "./bus-metrics.ts";
import type { AttemptReport } from "./bus-stats.ts";
import type { Refusal } from "./message.ts";
import type { Entry } from "./under-way.ts";

/** Who wants to know. */
export interface ObserverParts {
  readonly clock: Pick<Clock, "now">;
  readonly metrics?: BusMetrics | undefined;
  readonly onAttempt?: ((report: AttemptReport) => void) | undefined;
}

/**
 * Tells the metrics and `onAttempt` what happens. Whatever they throw is counted and goes no further: a message does
 * not fail, and no worker ends, because somebody could not count it.
 */
export class Observer {
  readonly #parts: ObserverParts;
  #failures = 0;

  constructor(parts: ObserverParts) {
    this.#parts = parts;
  }

  get failures(): number {
    return this.#failures;
  }

  /** The time, where anybody wants to know it. */
  now(): number {
    return this.#parts.metrics ? this.#parts.clock.now() : 0;
  }

  started({ shard, acceptedAtMs, startedAtMs }: Entry): void {
    this.#measure((metrics) => metrics.observe("messageAge", (startedAtMs - acceptedAtMs) / 1_000, labelled(shard)));
  }

  handled(topic: string, calledAtMs: number, well: boolean): void {
    this.#measure((metrics) => {
      metrics.observe("callbackLatency", (this.now() - calledAtMs) / 1_000, { topic });
      if (!well) metrics.count("callbackErrors", { topic });
    });
  }

  ended(entry: Entry, outcome: AttemptReport["outcome"], endedAtMs: number): void {
    this.#measure((metrics) => {
      metrics.observe("dispatchDuration", (endedAtMs - entry.startedAtMs) / 1_000, labelled(entry.shard));
      if (outcome === "delivered") metrics.count("topicThroughput", { topic: entry.message.topic });
      if (outcome === "retried") metrics.count("publishRetries", labelled(entry.shard));
    });
    const { onAttempt } = this.#parts;
    if (onAttempt) this.#guarded(() => onAttempt(reportOf(entry, outcome, endedAtMs)));
  }

  refused(reason: Refusal): void {
    this.#measure((metrics) => metrics.count("refused", { reason }));
  }

  #measure(tell: (metrics: BusMetrics) => void): void {
    const { metrics } = this.#parts;
    if (metrics) this.#guarded(() => tell(metrics));
  }

  #guarded(tell: () => void): void {
    try {
      tell();
    } catch {
      this.#failures += 1;
    }
  }
}

function labelled(shard: number): Record<string, string> {
  return { shard: String(shard) };
}

function reportOf(entry: Entry, outcome: AttemptReport["outcome"], endedAtMs: number): AttemptReport {
  const { id, shard, priority, attempts: attempt, enqueuedAtMs, startedAtMs } = entry;
  return { id, topic: entry.message.topic, shard, priority, attempt, enqueuedAtMs, startedAtMs, endedAtMs, outcome };
}
