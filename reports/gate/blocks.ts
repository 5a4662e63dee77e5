import { table, text, type Block } from "../block.ts";
import type { Cell } from "../cell.ts";
import { intervalText, ratioText, spreadText } from "../comparison/words.ts";
import type { GatedScenario, GateItem, GateResult } from "./gate-result.ts";
import { gateSentence, gateStatusText, pairedText, worstItemsFirst } from "./words.ts";

/** The gate as a report says it: what came out, each requirement, the figures, and how to do it again. */
export function gateBlocks(result: GateResult): Block[] {
  return [
    text(gateSentence(result)),
    requirementTable(result.items),
    text(pairedText(result)),
    ...(result.differences.length === 0 ? [] : [differenceTable(result)]),
    ...result.scenarios.map(figureTable),
    ...result.scenarios.map(runTable),
    { kind: "code", code: result.reproduce },
  ];
}

function requirementTable(items: readonly GateItem[]): Block {
  const rows = worstItemsFirst(items).map(({ status, kind, scenario, name, summary, blocking }): Cell[] => {
    return [gateStatusText(status), blocking ? kind : `${kind} (advice)`, scenario, name, summary];
  });
  return table("Requirements", ["", "kind", "scenario", "what must hold", "what was seen"], rows);
}

function differenceTable({ differences }: GateResult): Block {
  const rows = differences.map(({ setting, baseline, candidate }): Cell[] => [setting, baseline, candidate]);
  return table("Settings in which they differ", ["setting", "baseline", "candidate"], rows);
}

function figureTable({ scenario, rows, recorded }: GatedScenario): Block {
  const cells = rows.map((row): Cell[] => [
    row.title,
    spreadText(recorded[row.id], row.unit),
    spreadText(row.a, row.unit),
    spreadText(row.b, row.unit),
    ratioText(row.interval?.estimate),
    intervalText(row),
  ]);
  const columns = ["measure", "recorded then", "baseline now", "candidate", "ratio", "95 % interval"];
  return table(`Figures of ${scenario}: the median of the runs, and how far the farthest is from it`, columns, cells);
}

function runTable({ scenario, runs }: GatedScenario): Block {
  const rows = runs.map(({ pair, side, seed, status, folder, excluded }): Cell[] => {
    return [`${pair}`, side === "b" ? "candidate" : "baseline", seed, status, excluded ?? "used", folder ?? "–"];
  });
  return { ...table(`Runs of ${scenario}`, ["pair", "of", "seed", "status", "", "folder"], rows), folded: true };
}
