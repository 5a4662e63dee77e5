import type { Span } from "../block.ts";

/** Spans narrower than this part of the run cannot be told apart in a picture. */
const narrowest = 1 / 1_000;

/**
 * Joins runs of spans that are too narrow to be seen, so that a lane has an end however often its state changed:
 * no more than about two for every thousandth of the run.
 */
export function legibleSpans(spans: readonly Span[], endMs: number): Span[] {
  const least = endMs * narrowest;
  const legible: Span[] = [];
  for (const span of spans) {
    const last = legible.at(-1);
    if (last && span.toMs - last.fromMs < least) legible[legible.length - 1] = joined(last, span);
    else legible.push(span);
  }
  return legible;
}

function joined(last: Span, next: Span): Span {
  const state = last.state === next.state ? last.state : "several in turn";
  return { ...last, toMs: Math.max(last.toMs, next.toMs), state };
}
