import type { Runs } from "../ports/mod.ts";

/** Left out: a run's outbox. What must follow a change is known only to the process that made it. */
export function withoutStepOutbox(runs: Runs): Runs {
  return {
    ...runs,
    create: (run) => runs.create(run, []),
    save: (change) => runs.save({ ...change, intents: [] }),
  };
}
