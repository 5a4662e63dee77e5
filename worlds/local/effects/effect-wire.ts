import type { Effect, EffectDecision } from "../../inside/effect.ts";

/** A worker's line to the sink. */
export interface EffectRequest extends Effect {
  /** Unique on its connection. */
  readonly request: number;
}

/** The sink's line back. Answers may overtake each other. */
export interface EffectAnswer {
  readonly request: number;
  readonly decision: EffectDecision;
}

/** The request in a line, or nothing when it is not one. */
export function parseEffectRequest(line: string): EffectRequest | undefined {
  const value = parseObject(line);
  const { request, job, epoch, worker, execution } = value ?? {};
  if (typeof request !== "number" || typeof epoch !== "number") return undefined;
  if (typeof job !== "string" || typeof worker !== "string" || typeof execution !== "string") return undefined;
  return { request, job, epoch, worker, execution };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Not JSON, so not a request: the caller hangs up.
    return undefined;
  }
}
