import type { History } from "../core/mod.ts";

/** A time span of the run: from its first moment to just before its last. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** When each replica could not act, for reasons that are not its own. */
export interface Sleeps {
  /** How long it was awake within a span. */
  awakeMs(who: string, span: Span): number;
}

/**
 * Who slept when: paused, as the world saw it, or stalled because the machine was busy, as the replica noticed itself.
 * What a replica failed to do in its sleep is nobody's mistake.
 */
export function sleepsIn(history: History): Sleeps {
  const bySleeper = Map.groupBy(allSpans(history), (span) => span.who);
  const merged = new Map([...bySleeper].map(([who, spans]) => [who, mergeSpans(spans)]));
  return {
    awakeMs: (who, { fromMs, toMs }) => Math.max(0, toMs - fromMs) - overlapMs(merged.get(who) ?? [], { fromMs, toMs }),
  };
}

type SpanOf = Span & { readonly who: string };

function* allSpans(history: History): Generator<SpanOf> {
  yield* pausedReplicas(history);
  for (const { who, at, lastedMs } of history.stalls) yield { who, fromMs: at - lastedMs, toMs: at };
}

function* pausedReplicas({ replicas, endedAt }: History): Generator<SpanOf> {
  const pausedAt = new Map<string, number>();
  for (const { replica, phase, at } of replicas) {
    const fromMs = pausedAt.get(replica);
    if (phase === "paused") pausedAt.set(replica, fromMs ?? at);
    else if (fromMs !== undefined) {
      yield { who: replica, fromMs, toMs: at };
      pausedAt.delete(replica);
    }
  }
  for (const [who, fromMs] of pausedAt) yield { who, fromMs, toMs: endedAt };
}

/** The same time, in spans that are in order and do not touch. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else merged.push({ fromMs, toMs });
  }
  return merged;
}

function overlapMs(spans: readonly Span[], { fromMs, toMs }: Span): number {
  let total = 0;
  for (const span of spans) total += Math.max(0, Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs));
  return total;
}
