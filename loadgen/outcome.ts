import type { HttpResult, OperationEvent } from "../core/mod.ts";

/** How an operation ended, as its event says it. */
export type OperationOutcome = Pick<OperationEvent, "outcome" | "status" | "error">;

/** How a submission ended, as its operation event says it. */
export type SubmitOutcome = OperationOutcome & Pick<OperationEvent, "job">;

/** How the start of a workflow run ended, as its operation event says it. */
export type StartOutcome = OperationOutcome & Pick<OperationEvent, "run">;

/**
 * What a client may conclude from what became of its submission. `error` is said only where the job surely does not
 * exist; whenever it may, the outcome is `unknown`.
 */
export function submitOutcome(result: HttpResult): SubmitOutcome {
  const { id: job, ...outcome } = creationOutcome(result, "job_id");
  return job === undefined ? outcome : { ...outcome, job };
}

/** The same for a request that starts a workflow run. */
export function startOutcome(result: HttpResult): StartOutcome {
  const { id: run, ...outcome } = creationOutcome(result, "run_id");
  return run === undefined ? outcome : { ...outcome, run };
}

function creationOutcome(result: HttpResult, idField: string): OperationOutcome & { readonly id?: string } {
  if (!result.answered) return { outcome: result.sent ? "unknown" : "error", error: result.because };
  const { status, body } = result;
  const id = textIn(body, idField);
  if (status === 200 || status === 202) {
    return id === undefined
      ? { outcome: "unknown", status, error: `no ${idField} in the answer` }
      : { outcome: "ok", status, id };
  }
  return { outcome: refusal(status, errorCode(body)), status, error: errorCode(body) ?? `HTTP ${status}` };
}

/** How a request that makes nothing new ended, such as a decision: every 2xx is ok. */
export function requestOutcome(result: HttpResult): OperationOutcome {
  if (!result.answered) return { outcome: result.sent ? "unknown" : "error", error: result.because };
  const { status, body } = result;
  if (status >= 200 && status < 300) return { outcome: "ok", status };
  return { outcome: refusal(status, errorCode(body)), status, error: errorCode(body) ?? `HTTP ${status}` };
}

/** Whether to send the same submission again, given that it has an idempotency key. */
export function isWorthResending({ outcome, status }: OperationOutcome): boolean {
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
