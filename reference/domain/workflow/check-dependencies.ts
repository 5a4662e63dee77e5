import { findCycle, type StepGraph } from "./dependencies.ts";
import { suggestion, type Mistakes } from "./mistakes.ts";

/**
 * Whether every step waits for steps that exist, and none for itself.
 *
 * @param ids - of all steps of the document, those included that could not be read
 */
export function checkDependencies(steps: StepGraph, ids: readonly string[], mistakes: Mistakes): void {
  for (const [id, { dependsOn }] of Object.entries(steps)) {
    for (const other of dependsOn.filter((each) => !ids.includes(each))) {
      const others = ids.filter((each) => each !== id);
      mistakes.add(`steps.${id}.depends_on`, `unknown step "${other}"${suggestion(other, others)}`);
    }
  }
  const cycle = findCycle(steps);
  if (cycle) mistakes.add(`steps.${cycle[0]}.depends_on`, `goes in a circle: ${cycle.join(" -> ")}`);
}
