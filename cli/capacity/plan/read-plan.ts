import { readFileSync } from "node:fs";

import type { Ask, CapacityPlan, MeasurePlan, SweepPlan } from "../../../capacity/mod.ts";
import { messageOf, UsageError } from "../../../core/mod.ts";
import { assertMeasurable } from "./assert-measurable.ts";
import { openPlan } from "./plan-file.ts";
import type { PlanNode } from "./plan-node.ts";
import { readConfiguration } from "./read-configuration.ts";

const defaults = {
  measure: {
    utilisations: [0.5, 0.8],
    repeats: 3,
    warmUpMs: 1_000,
    lastingMs: 5_000,
    holdsWithinPercent: 10,
    seed: "1",
  } satisfies MeasurePlan,
  sweep: { utilisations: [0.6, 0.7, 0.8, 0.9, 1, 1.1], lastingMs: 5_000 } satisfies SweepPlan,
  ask: { away: 1, safetyMargin: 1.5 },
};

const hourMs = 3_600_000;
const plansMost = 50;

/**
 * Reads a capacity plan.
 *
 * @throws UsageError with the file and the line, for a key that is not known, a unit that does not fit, or a number
 *   that makes no sense.
 */
export function readPlan(path: string): CapacityPlan {
  return parsePlan(path, readText(path));
}

/** The same from a text. */
export function parsePlan(name: string, text: string): CapacityPlan {
  const root = openPlan(name, text);
  const { title, ask, measure, sweep, configurations } = root.table([
    "title",
    "ask",
    "measure",
    "sweep",
    "configurations",
  ]);
  const buses = needed(configurations, root, "configurations").entries();
  if (buses.length === 0 || buses.length > plansMost) {
    throw root.complaint(`there are ${buses.length} configurations`, `give 1 to ${plansMost}`);
  }
  const plan: CapacityPlan = {
    title: title?.text() ?? name,
    ask: readAsk(needed(ask, root, "ask")),
    measure: measure === undefined ? defaults.measure : readMeasure(measure),
    sweep: sweep === undefined ? defaults.sweep : readSweep(sweep),
    configurations: buses.map(([bus, node]) => readConfiguration(bus, node)),
  };
  assertMeasurable(plan);
  return plan;
}

function readAsk(node: PlanNode): Ask {
  const { rate, p99Wait, away, safetyMargin } = node.table(["rate", "p99Wait", "away", "safetyMargin"]);
  return {
    peakPerSecond: needed(rate, node, "rate").quantity({ "/s": 1 }, 0.001, 1e9),
    p99WaitMs: needed(p99Wait, node, "p99Wait").durationMs(1, hourMs),
    away: away?.whole(0, 1_000) ?? defaults.ask.away,
    safetyMargin: safetyMargin?.number(0.1, 100) ?? defaults.ask.safetyMargin,
  };
}

function readMeasure(node: PlanNode): MeasurePlan {
  const read = node.table(["utilisations", "repeats", "warmUp", "lasting", "holdsWithin", "seed"]);
  return {
    utilisations: read.utilisations === undefined ? defaults.measure.utilisations : loads(read.utilisations),
    repeats: read.repeats?.whole(1, 100) ?? defaults.measure.repeats,
    warmUpMs: read.warmUp?.durationMs(0, hourMs) ?? defaults.measure.warmUpMs,
    lastingMs: read.lasting?.durationMs(100, hourMs) ?? defaults.measure.lastingMs,
    holdsWithinPercent: read.holdsWithin?.quantity({ "%": 1 }, 0, 100) ?? defaults.measure.holdsWithinPercent,
    seed: read.seed?.text() ?? defaults.measure.seed,
  };
}

function readSweep(node: PlanNode): SweepPlan {
  const { utilisations, lasting } = node.table(["utilisations", "lasting"]);
  return {
    utilisations: utilisations === undefined ? defaults.sweep.utilisations : loads(utilisations),
    lastingMs: lasting?.durationMs(100, hourMs) ?? defaults.sweep.lastingMs,
  };
}

/** Shares of what a bus can serve. 1 and above are fine: they are measured, and said to be unstable. */
function loads(node: PlanNode): number[] {
  return node.list(50).map((each) => each.number(0.01, 3));
}

function needed(node: PlanNode | undefined, parent: PlanNode, key: string): PlanNode {
  if (node) return node;
  throw parent.complaint(`"${key}" is missing`, "see the plans folder for whole examples");
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new UsageError(`Cannot read the plan ${path}: ${messageOf(thrown)}`, "try plans/quick.yaml");
  }
}
