import type { CapacityRecord, ConfigurationResult } from "../../capacity/mod.ts";
import { table, text, type TableBlock } from "../block.ts";
import type { Cell } from "../cell.ts";
import type { CapacitySection } from "./block.ts";
import { overviewFigures, rowNamed } from "./row-named.ts";
import { figureText, measuredText, modelText, predictionText } from "./words.ts";

/** The whole run on one page: what each bus carries, by the formula, by the model, and measured. */
export function overviewSection(record: CapacityRecord): CapacitySection {
  const { ask, measure } = record.plan;
  const holds = `A prediction holds within ${measure.holdsWithinPercent} % of the measurement, or 1 ms of wait. It is optimistic where reality is worse than it says, and pessimistic where it is better.`;
  return {
    name: "overview",
    title: "Formula, model and measurement",
    blocks: [
      text(holds),
      overviewTable("What each bus carries for ever with its traffic", record, overviewFigures.carried),
      overviewTable(
        `What it carries with a p99 wait of at most ${figureText(ask.p99WaitMs, "ms")} on every shard`,
        record,
        overviewFigures.promised,
      ),
      overviewTable(
        `Pods for ${figureText(ask.peakPerSecond, "per second")} within that wait, with ${ask.away} away`,
        record,
        overviewFigures.pods,
      ),
    ],
  };
}

function overviewTable(caption: string, { configurations }: CapacityRecord, beginning: string): TableBlock {
  const rows = configurations.map((each) => overviewRow(each, beginning));
  return table(caption, ["bus", "formula", "model", "measured"], rows);
}

function overviewRow(result: ConfigurationResult, beginning: string): Cell[] {
  const { name } = result.configuration;
  const row = rowNamed(result, beginning);
  if (!row) return [name, "–", "–", "not carried at any load that was tried"];
  return [name, predictionText(row.formula, row.unit), modelText(row), measuredText(row.measured, row.unit)];
}
