import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { parse } from "yaml";

import { messageOf, ownEntry, UsageError } from "../../core/mod.ts";
import { measureDefinitions, type MeasureDefinition } from "../../reports/mod.ts";
import { scenarios, suites } from "../../scenarios/mod.ts";
import { amountIn, isPercentage, shareIn } from "./amounts.ts";
import {
  choiceOf,
  countOf,
  fieldsOf,
  listOf,
  mistake,
  pathOf,
  textOf,
  unknownWord,
  type Fields,
} from "./policy-fields.ts";

/** What a gate lets pass. */
export interface Policy {
  readonly path: string;
  readonly scenarios: readonly string[];
  /**
   * `fast`, `default`, or a file beside the policy: what the candidate runs with, unless the command says otherwise.
   */
  readonly tuning: string;
  /** Runs of the candidate, and of the baseline. */
  readonly pairs: number;
  /** A/A pairs that `--update-baseline` measures the noise with. */
  readonly calibration: number;
  /** Whether broken budgets and regressions fail the gate. Broken invariants always do. */
  readonly mode: "advisory" | "strict";
  readonly budgets: readonly Budget[];
  readonly regressions: readonly RegressionRule[];
}

/** A bound on a measure of the candidate. */
export interface Budget {
  /** @defaultValue every scenario of the policy */
  readonly scenario?: string;
  readonly measure: MeasureDefinition;
  readonly bound: "atMost" | "atLeast";
  readonly value: number;
}

/** How much worse than the baseline a measure may be. */
export interface RegressionRule {
  /** @defaultValue every scenario of the policy */
  readonly scenario?: string;
  readonly measure: MeasureDefinition;
  /** 0.25 is 25 %. */
  readonly tolerance: number;
  /** Smaller differences are none, however sure: a share of the baseline, or an amount in the measure's unit. */
  readonly minEffect: { readonly share: number } | { readonly amount: number };
}

/**
 * Reads a policy.
 *
 * @throws UsageError naming the place of the mistake: a key that does not exist, a wrong unit, a number out of range.
 */
export function readPolicy(path: string): Policy {
  return policyOf(parsed(path), path);
}

const keys = ["scenarios", "suite", "tuning", "pairs", "calibration", "mode", "budgets", "regressions"] as const;

/** A policy as it came from a file. */
export function policyOf(value: unknown, path: string): Policy {
  const fields = fieldsOf(value, "", keys);
  const tuning = textOf(fields, "tuning") ?? "fast";
  const isNamed = tuning === "fast" || tuning === "default";
  const run = scenariosOf(fields);
  return {
    path,
    scenarios: run,
    tuning: isNamed ? tuning : join(dirname(path), tuning),
    pairs: countOf(fields, "pairs", { from: 3, to: 50, otherwise: 3 }),
    calibration: countOf(fields, "calibration", { from: 3, to: 50, otherwise: 6 }),
    mode: choiceOf(fields, "mode", ["advisory", "strict"]),
    budgets: listOf(fields, "budgets", (item, place) => budgetOf(item, place, run)),
    regressions: listOf(fields, "regressions", (item, place) => regressionOf(item, place, run)),
  };
}

function parsed(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (thrown) {
    throw new UsageError(`Cannot read the policy "${path}": ${messageOf(thrown)}`, "gates/quick.yaml is an example");
  }
}

function scenariosOf(fields: Fields): readonly string[] {
  const suite = textOf(fields, "suite");
  const named = listOf(fields, "scenarios", scenarioNamed);
  if (suite !== undefined && named.length > 0)
    throw mistake("", "names both a suite and scenarios", "name one of them");
  if (suite === undefined && named.length === 0) throw mistake("", "runs nothing", "write scenarios: [steady-work]");
  if (suite === undefined) return [...new Set(named)];
  const found = ownEntry(suites, suite);
  if (!found) throw unknownWord("suite", suite, Object.keys(suites));
  return found.scenarios;
}

function scenarioNamed(value: unknown, path: string): string {
  if (typeof value === "string" && Object.hasOwn(scenarios, value)) return value;
  throw unknownWord(path, String(value), Object.keys(scenarios));
}

function budgetOf(value: unknown, path: string, run: readonly string[]): Budget {
  const fields = fieldsOf(value, path, ["measure", "scenario", "atMost", "atLeast"]);
  const measure = measureOf(fields);
  const [atMost, atLeast] = [textOf(fields, "atMost"), textOf(fields, "atLeast")];
  if ((atMost === undefined) === (atLeast === undefined)) {
    throw mistake(path, "has no bound, or two", "write atMost: 250ms, or atLeast: 100/s");
  }
  if (atMost !== undefined) {
    return {
      ...scopeOf(fields, run),
      measure,
      bound: "atMost",
      value: amountIn(measure.unit, atMost, pathOf(fields, "atMost")),
    };
  }
  return {
    ...scopeOf(fields, run),
    measure,
    bound: "atLeast",
    value: amountIn(measure.unit, atLeast ?? "", pathOf(fields, "atLeast")),
  };
}

function regressionOf(value: unknown, path: string, run: readonly string[]): RegressionRule {
  const fields = fieldsOf(value, path, ["measure", "scenario", "tolerance", "minEffect"]);
  const measure = measureOf(fields);
  const tolerance = shareIn(textOf(fields, "tolerance") ?? "", pathOf(fields, "tolerance"));
  const least = textOf(fields, "minEffect");
  if (least === undefined) return { ...scopeOf(fields, run), measure, tolerance, minEffect: { share: tolerance } };
  const place = pathOf(fields, "minEffect");
  const minEffect = isPercentage(least)
    ? { share: shareIn(least, place) }
    : { amount: amountIn(measure.unit, least, place) };
  return { ...scopeOf(fields, run), measure, tolerance, minEffect };
}

/** A rule for a scenario that is not run would never be judged. */
function scopeOf(fields: Fields, run: readonly string[]): { readonly scenario?: string } {
  if (fields.values["scenario"] === undefined) return {};
  const place = pathOf(fields, "scenario");
  const scenario = scenarioNamed(fields.values["scenario"], place);
  if (run.includes(scenario)) return { scenario };
  throw mistake(place, `"${scenario}" is not run by this policy`, `it runs ${run.join(", ")}`);
}

const measures: readonly MeasureDefinition[] = Object.values(measureDefinitions);

function measureOf(fields: Fields): MeasureDefinition {
  const id = textOf(fields, "measure") ?? "";
  const found = measures.find((measure) => measure.id === id);
  if (found) return found;
  throw unknownWord(
    pathOf(fields, "measure"),
    id,
    measures.map((measure) => measure.id),
  );
}
