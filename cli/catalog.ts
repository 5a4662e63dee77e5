import { checkCatalog } from "../checks/mod.ts";
import { faultCatalog } from "../chaos/mod.ts";
import { settings } from "../reference/config/settings.ts";
import { metricTable } from "../reference/ports/observability.ts";
import { safeguards } from "../reference/safeguards.ts";
import { measureDefinitions, sectionCatalog } from "../reports/mod.ts";
import { scenarios, suites } from "../scenarios/mod.ts";
import { situations } from "./campaign/coverage/situations.ts";

/** A thing with a name and one sentence. */
export interface CatalogEntry {
  readonly name: string;
  readonly doc: string;
}

/** What `seatrial list` can show; each entry comes from the registry that the product itself uses. */
export const catalogs: Readonly<Record<string, () => readonly CatalogEntry[]>> = {
  scenarios: () => Object.entries(scenarios).map(([name, scenario]) => ({ name, doc: scenario((time) => time).title })),
  suites: () =>
    Object.entries(suites).map(([name, suite]) => ({ name, doc: `${suite.title} (${suite.scenarios.join(", ")})` })),
  faults: () => faultCatalog,
  checks: () => checkCatalog,
  safeguards: () =>
    Object.entries(safeguards).map(([name, { does, leftOut }]) => ({ name, doc: `${does} Left out: ${leftOut}` })),
  situations: () => situations.map(({ id, tries }) => ({ name: id, doc: `Tries ${tries.join(" and ")}.` })),
  sections: () => sectionCatalog,
  measures: () => Object.values(measureDefinitions).map(({ id, doc }) => ({ name: id, doc })),
  metrics: () => Object.values(metricTable).map(({ name, type, help }) => ({ name, doc: `${help} (${type})` })),
  settings: () =>
    Object.values(settings).map(({ env, default: value, doc }) => ({
      name: env,
      doc: `${doc} Default: ${value === "" ? "empty" : value}.`,
    })),
};
