import { table, text, type Block } from "../block.ts";
import { count, inMs, perSecond, type Cell } from "../cell.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import type { Suite } from "./suite.ts";

const sentence =
  "All engines write the same history. Times are counted from the sending; only an open loop knows when an operation " +
  "was due, so that only its figures show what a client waits for when the generator itself is held up.";

interface Row {
  readonly scenario: string;
  readonly figures: EngineFigures;
}

/** The load engines of a suite side by side; nothing when there was only one. */
export function engineBlocks({ runs }: Suite): Block[] {
  const rows = runs.flatMap(({ record, figures }) => (figures ? [{ scenario: record.scenario, figures }] : []));
  if (new Set(rows.map(({ figures }) => figures.engine)).size < 2) return [];
  return [
    text(sentence),
    sideBySide("Load engines side by side: what was sent", rows, countColumns, countCells),
    sideBySide("Load engines side by side: how long it took", rows, timeColumns, timeCells),
  ];
}

const countColumns = ["sent", "rate", "accepted", "refused", "failed", "unknown"];

function countCells({ operations, perSecond: rate, outcomes }: EngineFigures): Cell[] {
  const { ok, refused, error, unknown } = outcomes;
  return [count(operations), perSecond(rate), ...[ok, refused, error, unknown].map(count)];
}

const timeColumns = ["p50", "p99", "max", "p50 from due", "p99 from due"];

function timeCells({ service, response }: EngineFigures): Cell[] {
  const times = [service.p50Ms, service.p99Ms, service.maxMs, response?.p50Ms, response?.p99Ms];
  return times.map((time) => inMs(time));
}

/** Rows go by their engine, and by their scenario where there are several. */
function sideBySide(
  caption: string,
  rows: readonly Row[],
  columns: readonly string[],
  cells: (figures: EngineFigures) => Cell[],
): Block {
  const several = new Set(rows.map(({ scenario }) => scenario)).size > 1;
  const names = ({ scenario, figures }: Row): Cell[] => (several ? [scenario, figures.engine] : [figures.engine]);
  return table(
    caption,
    [...(several ? ["scenario"] : []), "engine", ...columns],
    rows.map((row) => [...names(row), ...cells(row.figures)]),
  );
}
