import type { CapacityRecord, ConfigurationResult, WindowFigures } from "../../capacity/mod.ts";

/** Why a run is worth less than it seems, in sentences. */
export interface Complaints {
  readonly status: CapacityRecord["status"];
  readonly complaints: readonly string[];
}

/** Judges the run itself, not the predictions: a lost message fails it, and a late generator makes it inconclusive. */
export function complaintsAbout(results: readonly ConfigurationResult[]): Complaints {
  const lost = results.flatMap(lostMessages);
  if (lost.length > 0) return { status: "failed", complaints: lost };
  const doubts = [...results.flatMap(lateGenerator), ...results.slice(0, 1).flatMap(unanswered)];
  return { status: doubts.length > 0 ? "inconclusive" : "passed", complaints: doubts };
}

function lostMessages({ configuration, ledger }: ConfigurationResult): string[] {
  if (ledger.missing === 0) return [];
  return [`${configuration.name}: ${ledger.missing} accepted messages were neither delivered nor given back.`];
}

function lateGenerator({ configuration, windows, sweep }: ConfigurationResult): string[] {
  const all = [...windows, ...sweep];
  const late = all.filter(({ generator }) => !generator.healthy);
  if (late.length === 0) return [];
  const worst = Math.max(...late.map(({ generator }: WindowFigures) => generator.p99Ms));
  return [
    `${configuration.name}: the generator fell behind in ${late.length} of ${all.length} windows (p99 up to ${worst.toFixed(0)} ms late): the machine was busy with something else.`,
  ];
}

function unanswered({ configuration, knee }: ConfigurationResult): string[] {
  return knee.at === undefined ? [`${configuration.name}: no load that was tried was carried.`] : [];
}
