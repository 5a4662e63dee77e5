import type { HttpResult, RunReadEvent } from "../core/mod.ts";

/** What a gateway said about a workflow run, without the run and the gateway. */
export type RunAnswer = Pick<RunReadEvent, "state" | "cause" | "steps">;

/** The answer to `GET /api/v1/workflow-runs/:run`; nothing when the gateway could not tell. */
export function runAnswer(result: HttpResult): RunAnswer | undefined {
  if (!result.answered) return undefined;
  if (result.status === 404) return { state: "missing" };
  const body = result.body as Partial<Record<"state" | "cause" | "steps", unknown>> | null;
  if (result.status !== 200 || typeof body?.state !== "string") return undefined;
  return {
    state: body.state,
    ...(typeof body.cause === "string" ? { cause: body.cause } : {}),
    ...(typeof body.steps === "object" && body.steps !== null ? { steps: stepsIn(body.steps) } : {}),
  };
}

/** Whether a run in this state has come to its end. A run that is missing has not. */
export function isRunEnded(state: string): boolean {
  return ends.has(state);
}

const ends: ReadonlySet<string> = new Set(["succeeded", "failed", "cancelled", "timed_out"]);

/** Where a run is read. */
export function runPath(run: string): string {
  return `/api/v1/workflow-runs/${encodeURIComponent(run)}`;
}

function stepsIn(steps: object): NonNullable<RunAnswer["steps"]> {
  const entries = Object.entries(steps as Readonly<Record<string, { state?: unknown; attempt?: unknown } | null>>);
  return Object.fromEntries(
    entries.map(([id, step]) => [
      id,
      { state: String(step?.state), attempt: typeof step?.attempt === "number" ? step.attempt : 0 },
    ]),
  );
}
