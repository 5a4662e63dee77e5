import type { Duration, Role } from "../../core/mod.ts";

/** One environment variable. */
export interface Setting {
  readonly env: string;
  readonly type: "duration" | "integer" | "port" | "flag" | "text" | "list";
  readonly default: string;
  readonly doc: string;
  readonly roles: readonly Role[];
  /** Shortened by the tuning `fast`. */
  readonly scaled?: true;
}

/** Every role. */
export const all = ["gateway", "scheduler", "workflow", "worker"] as const;

/** A default that is a length of time. */
export function durationOf(value: Duration): Duration {
  return value;
}
