import type { RetryPolicy } from "./definition.ts";
import { Fields, mostSeconds } from "./fields.ts";

const mostRetries = 100;
/** Of the first wait, when the document names no longest one: as the schedulers do it. */
const mostTimesFirst = 30;

/** The field `retry` of a step. */
export function parseRetry(step: Fields): RetryPolicy | undefined {
  const document = step.any("retry");
  if (document === undefined) return undefined;
  const fields = new Fields(document, step.at("retry"), step.mistakes);
  const maxRetries = fields.require("max_retries", fields.count("max_retries", { least: 0, most: mostRetries })) ?? 0;
  const initialBackoffMs = fields.seconds("initial_backoff_sec") ?? 1_000;
  const maxBackoffMs =
    fields.seconds("max_backoff_sec") ?? Math.min(mostTimesFirst * initialBackoffMs, mostSeconds * 1_000);
  const multiplier = fields.number("multiplier", { least: 1, most: 100 }) ?? 2;
  if (maxBackoffMs < initialBackoffMs) {
    const first = `the first wait of ${initialBackoffMs / 1_000} s`;
    step.mistakes.add(fields.at("max_backoff_sec"), `must not be below ${first}`);
  }
  fields.end();
  return { maxRetries, initialBackoffMs, maxBackoffMs, multiplier };
}
