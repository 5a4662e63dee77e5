import type { Outcome } from "../../core/mod.ts";
import type { RunData } from "../run-data.ts";
import { distribution, type Distribution } from "./distribution.ts";
import { acknowledged, latencyMs, submissions } from "./submissions.ts";

/** What one load engine saw of the plane. */
export interface EngineFigures {
  readonly engine: string;
  readonly operations: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Operations a second, from the first to the last that was sent. */
  readonly perSecond: number;
  /** From sending to answer, of the acknowledged operations: what every engine knows. */
  readonly service: Distribution;
  /** From when an operation was due: what only an open loop knows. */
  readonly response: Distribution | undefined;
}

/** The figures of a run, for a table of engines side by side. */
export function engineFigures({ record, history }: RunData): EngineFigures {
  const engine = record.engine ?? "open";
  const offered = submissions(history.operations);
  const accepted = acknowledged(offered);
  const sent = offered.map(({ sentAt }) => sentAt);
  const lastedMs = sent.length < 2 ? 0 : maximum(sent) - minimum(sent);
  const ended = (outcome: Outcome): number => offered.filter((operation) => operation.outcome === outcome).length;
  return {
    engine,
    operations: offered.length,
    outcomes: { ok: ended("ok"), refused: ended("refused"), error: ended("error"), unknown: ended("unknown") },
    perSecond: lastedMs === 0 ? 0 : ((offered.length - 1) / lastedMs) * 1_000,
    service: distribution(accepted.map(({ at, sentAt }) => at - sentAt)),
    response: engine === "open" ? distribution(accepted.map(latencyMs)) : undefined,
  };
}

function minimum(values: readonly number[]): number {
  return values.reduce((least, each) => Math.min(least, each), Infinity);
}

function maximum(values: readonly number[]): number {
  return values.reduce((most, each) => Math.max(most, each), 0);
}
