import type { Clock } from "../../core/mod.ts";
import { operationMetric, type K6Plan, type K6Stream } from "../k6/plan.ts";
import { submitOutcome, type SubmitOutcome } from "../outcome.ts";

/** One operation as k6 tells it, on the clock of the run. */
export interface K6Operation extends SubmitOutcome {
  readonly load: string;
  readonly via: string;
  readonly client: string;
  readonly sentAt: number;
  /** When it was done. */
  readonly at: number;
}

/** Reads k6's JSON output, a line at a time. */
export interface K6Operations {
  readonly count: number;
  /** Other metrics' points, and what is no JSON, are passed over. */
  take(line: string): void;
  all(): K6Operation[];
}

interface Point {
  readonly metric?: string;
  readonly type?: string;
  readonly data?: {
    /** RFC 3339 with nanoseconds. */
    readonly time: string;
    readonly value: number;
    readonly tags?: Readonly<Record<string, string>>;
    readonly metadata?: Readonly<Record<string, string>>;
  };
}

/** Collects the operations of one k6 process. k6 tells wall-clock times, which are laid on the run's clock. */
export function k6Operations(plan: K6Plan, clock: Clock): K6Operations {
  const originUnixMs = clock.unixMs() - clock.now();
  const operations: K6Operation[] = [];
  return {
    get count() {
      return operations.length;
    },
    take(line) {
      const point = pointIn(line);
      const stream = plan.streams[point?.data?.tags?.["scenario"] ?? ""];
      if (!point?.data || point.metric !== operationMetric || point.type !== "Point" || !stream) return;
      const at = unixMsOf(point.data.time) - originUnixMs;
      const sentAt = Math.max(0, at - point.data.value);
      operations.push({ ...idsOf(stream), at, sentAt, ...outcomeOf(point.data.metadata ?? {}) });
    },
    all: () => operations,
  };
}

function pointIn(line: string): Point | undefined {
  if (!line.includes(operationMetric)) return undefined;
  try {
    return JSON.parse(line) as Point;
  } catch {
    // A torn last line of a k6 that was killed.
    return undefined;
  }
}

function idsOf({ load, via, client }: K6Stream): Pick<K6Operation, "load" | "via" | "client"> {
  return { load, via, client };
}

/** `Date.parse` knows milliseconds; the rest of the fraction is added. */
function unixMsOf(time: string): number {
  const fraction = /\.(?<digits>\d+)/.exec(time)?.groups?.["digits"] ?? "";
  return Date.parse(time) + Number(`0.${fraction.slice(3) || "0"}`);
}

function outcomeOf(facts: Readonly<Record<string, string>>): SubmitOutcome {
  return facts["sequence"] === undefined ? httpOutcome(facts) : busOutcome(facts);
}

/**
 * k6 says status 0 when there was no answer. Its codes from 1100 to 1199 are names that were not found, and those from
 * 1210 to 1219 connections that were never made; any other may have come after the request was sent.
 */
function httpOutcome({ status = "0", body = "", error = "", code = "0" }: Record<string, string>): SubmitOutcome {
  if (status !== "0") return submitOutcome({ answered: true, status: Number(status), body: parsed(body) });
  const neverConnected = isWithin(Number(code), 1_100, 1_199) || isWithin(Number(code), 1_210, 1_219);
  return submitOutcome({ answered: false, sent: !neverConnected, because: error });
}

function isWithin(code: number, from: number, to: number): boolean {
  return code >= from && code <= to;
}

function busOutcome({ sequence, job = "", error = "" }: Record<string, string>): SubmitOutcome {
  return Number(sequence) > 0 ? { outcome: "ok", job } : { outcome: "unknown", error };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Whoever looks for a job's id in it finds none, and says so.
    return text;
  }
}
