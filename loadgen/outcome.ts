import type { OperationEvent } from "../core/mod.ts";
import type { HttpResult } from "./http-client.ts";

/** How a submission ended, as its operation event says it. */
export type SubmitOutcome = Pick<OperationEvent, "outcome" | "status" | "job" | "error">;

/**
 * What a client may conclude from what became of its submission. `error` is said only where the job surely does not
 * exist; whenever it may, the outcome is `unknown`.
 */
export function submitOutcome(result: HttpResult): SubmitOutcome {
  if (!result.answered) return { outcome: result.sent ? "unknown" : "error", error: result.because };
  const { status, body } = result;
  const job = textIn(body, "job_id");
  if (status === 200 || status === 202) {
    return job === undefined
      ? { outcome: "unknown", status, error: "no job_id in the answer" }
      : { outcome: "ok", status, job };
  }
  return { outcome: refusal(status, errorCode(body)), status, error: errorCode(body) ?? `HTTP ${status}` };
}

/** Whether to send the same submission again, given that it has an idempotency key. */
export function isWorthResending({ outcome, status }: SubmitOutcome): boolean {
  return outcome === "unknown" || (outcome === "error" && status === undefined);
}

/** A 5xx may come after the deed, unless it says that nothing was done. */
function refusal(status: number, code: string | undefined): OperationEvent["outcome"] {
  if (status === 429) return "refused";
  if (status >= 400 && status < 500) return "error";
  return status === 503 && code === "store_unavailable" ? "error" : "unknown";
}

function errorCode(body: unknown): string | undefined {
  return textIn(fieldOf(body, "error"), "code");
}

function textIn(value: unknown, field: string): string | undefined {
  const text = fieldOf(value, field);
  return typeof text === "string" && text !== "" ? text : undefined;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[field] : undefined;
}
