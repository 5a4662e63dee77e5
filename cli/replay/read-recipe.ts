import type { FaultData } from "../../chaos/mod.ts";
import { isDuration, UsageError, type Cluster } from "../../core/mod.ts";
import type { Arrivals } from "../../loadgen/mod.ts";
import { quietConditions, type SimConditions } from "../../worlds/sim/conditions.ts";
import { planOfRecipe } from "../recipe/plan-of-recipe.ts";
import type { PlannedFaultData, Recipe } from "../recipe/recipe.ts";
import { safeguardNamed } from "../run/plan.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A recipe as it came from a file, held to its shape.
 *
 * @throws UsageError naming what is missing or does not fit.
 */
export function readRecipe(value: unknown, file: string): Recipe {
  const want = wantedFrom(file);
  const fields = want("recipe", value, isFields);
  const numbers = (name: string): Record<string, number> => want(name, fields[name], isTableOf(isCount));
  const recipe: Recipe = {
    scenario: want("scenario", fields["scenario"], isText),
    seed: want("seed", fields["seed"], isText),
    tuningName: want("tuningName", fields["tuningName"], isText),
    tuning: want("tuning", fields["tuning"], isTableOf(isText)),
    settings: want("settings", fields["settings"], isListOf(isText)),
    without: want("without", fields["without"], isListOf(isText)).map(safeguardNamed),
    pace: want("pace", fields["pace"], isPositive),
    cluster: numbers("cluster") as unknown as Cluster,
    conditions: want("conditions", fields["conditions"], isConditions),
    loadFactor: want("loadFactor", fields["loadFactor"], isPositive),
    loads: want("loads", fields["loads"], isTableOf(isArrivals)),
    faults: want("faults", fields["faults"], isListOf(isPlannedFault)),
    ...(fields["swept"] === true ? { swept: true } : {}),
  };
  planOfRecipe(recipe);
  return recipe;
}

function wantedFrom(file: string) {
  return <Wanted>(name: string, value: unknown, fits: (value: unknown) => value is Wanted): Wanted => {
    if (fits(value)) return value;
    const found = value === undefined ? "is missing" : `is ${JSON.stringify(value).slice(0, 80)}`;
    throw new UsageError(`Cannot replay ${file}: \`${name}\` ${found}`, "the file was changed or cut short");
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isPositive(value: unknown): value is number {
  return isNumber(value) && value > 0;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isTableOf<Value>(fits: (value: unknown) => value is Value) {
  return (value: unknown): value is Record<string, Value> => isFields(value) && Object.values(value).every(fits);
}

function isListOf<Value>(fits: (value: unknown) => value is Value) {
  return (value: unknown): value is Value[] => Array.isArray(value) && value.every(fits);
}

/** Whatever conditions there are besides must be such as have an effect that this version knows: numbers or tables. */
function isConditions(value: unknown): value is SimConditions {
  return (
    isFields(value) && Object.entries(quietConditions).every(([name, quiet]) => typeof value[name] === typeof quiet)
  );
}

function isArrivals(value: unknown): value is Arrivals {
  if (!isFields(value)) return false;
  if (value["shape"] === "burst") return isListOf(isNumber)(value["offsetsMs"]) && isCount(value["countEach"]);
  const isRate = isText(value["rate"]) && isDuration(value["rate"].replace(/\/s$/, "s"));
  return (value["shape"] === "uniform" || value["shape"] === "poisson") && isRate && isCount(value["count"]);
}

function isPlannedFault(value: unknown): value is PlannedFaultData {
  if (!isFields(value) || !isFields(value["fault"])) return false;
  const { atMs, healAfterMs } = value;
  const isFault = isText((value["fault"] as unknown as FaultData).action);
  return isFault && isNumber(atMs) && (healAfterMs === undefined || isNumber(healAfterMs));
}
