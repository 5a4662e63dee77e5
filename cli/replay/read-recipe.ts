import { nearestNames, UsageError } from "../../core/mod.ts";
import { planOfRecipe } from "../recipe/plan-of-recipe.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { safeguardNamed } from "../run/plan.ts";
import { readTuning } from "../run/tuning.ts";
import { assertAims } from "./assert-aims.ts";
import {
  isArrivals,
  isCluster,
  isConditions,
  isFields,
  isListOf,
  isPlannedFault,
  isPositive,
  isTableOf,
  isText,
  knownNames,
  type Fields,
} from "./shapes.ts";

/**
 * A recipe as it came from a file, held to its shape: nothing is missing, and nothing stands in it that would have no
 * effect.
 *
 * @throws UsageError naming what is missing, is not known, or does not fit.
 */
export function readRecipe(value: unknown, file: string): Recipe {
  const want = wantedFrom(file);
  const fields = want("recipe", value, isFields);
  assertKnownNames(fields, file);
  const tuning = want("tuning", fields["tuning"], isTableOf(isText));
  const recipe: Recipe = {
    scenario: want("scenario", fields["scenario"], isText),
    seed: want("seed", fields["seed"], isText),
    tuningName: want("tuningName", fields["tuningName"], isText),
    tuning: readTuning(
      "default",
      Object.entries(tuning).map(([name, text]) => `${name}=${text}`),
    ),
    settings: want("settings", fields["settings"], isListOf(isText)),
    without: want("without", fields["without"], isListOf(isText)).map(safeguardNamed),
    pace: want("pace", fields["pace"], isPositive),
    cluster: want("cluster", fields["cluster"], isCluster),
    conditions: want("conditions", fields["conditions"], isConditions),
    loadFactor: want("loadFactor", fields["loadFactor"], isPositive),
    loads: want("loads", fields["loads"], isTableOf(isArrivals)),
    faults: want("faults", fields["faults"], isListOf(isPlannedFault)),
    ...(fields["swept"] === true ? { swept: true } : {}),
  };
  assertAims(recipe, planOfRecipe(recipe), file);
  return recipe;
}

function wantedFrom(file: string) {
  return <Wanted>(name: string, value: unknown, fits: (value: unknown) => value is Wanted): Wanted => {
    if (fits(value)) return value;
    const found = value === undefined ? "is missing" : `is ${JSON.stringify(value).slice(0, 80)}`;
    throw new UsageError(`Cannot replay ${file}: \`${name}\` ${found}`, "the file was changed or cut short");
  };
}

/** @throws UsageError naming what this version does not know. */
function assertKnownNames(recipe: Fields, file: string): void {
  const { cluster, conditions } = recipe;
  const latency = isFields(conditions) ? conditions["latency"] : undefined;
  for (const [part, value] of Object.entries({ recipe, cluster, conditions, latency })) {
    const known = knownNames[part] ?? [];
    const unknown = isFields(value) ? Object.keys(value).find((name) => !known.includes(name)) : undefined;
    if (unknown === undefined) continue;
    const nearest = nearestNames(unknown, known).join(", ");
    throw new UsageError(
      `Cannot replay ${file}: \`${part}\` has "${unknown}", which is not known`,
      nearest === "" ? `there are ${known.join(", ")}` : `did you mean ${nearest}?`,
    );
  }
}
