import { pino, type DestinationStream } from "pino";

import { nearestNames, UsageError } from "../../core/mod.ts";
import type { Log } from "../ports/mod.ts";

const levels = ["debug", "info", "warn", "error", "silent"];

/**
 * JSON log lines, one object each, with the replica's name as `pod`. Secrets are blotted out by name and by shape.
 *
 * @param instance - CORDUM_INSTANCE_ID
 * @param level - LOG_LEVEL: lines below it are dropped
 * @param destination - @defaultValue stdout
 * @throws UsageError when there is no such level
 */
export function pinoLog(instance: string, level: string, destination?: DestinationStream): Log {
  if (!levels.includes(level)) {
    const [nearest] = nearestNames(level, levels);
    throw new UsageError(`Unknown log level "${level}"`, nearest ? `did you mean ${nearest}?` : levels.join(", "));
  }
  const logger = pino(
    { level, base: { pod: instance }, messageKey: "message", formatters: { level: named } },
    destination,
  );
  const line = (as: "debug" | "info" | "warn" | "error"): Log["info"] => {
    return (message, facts) => {
      if (logger.isLevelEnabled(as)) logger[as](redacted(facts, 0) as object | undefined, message);
    };
  };
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

function named(label: string): { level: string } {
  return { level: label };
}

const blot = "[redacted]";
const depthMax = 6;
const secretName = /api[-_]?keys?$|authorization|password|passwd|secret|credential|cookie|bearer/i;
const secretInUrl = /(\w+:\/\/)[^\s/@]+@/g;

/** A copy of the facts with every secret replaced; deeper than six levels nothing is shown. */
function redacted(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.replace(secretInUrl, `$1${blot}@`);
  if (typeof value !== "object" || value === null) return value;
  if (depth === depthMax) return "[too deep]";
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  const shown = value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;
  return Object.fromEntries(
    Object.entries(shown).map(([name, inner]) => [name, secretName.test(name) ? blot : redacted(inner, depth + 1)]),
  );
}
