import type { Random } from "../../core/mod.ts";
import type { EngineOptions } from "../workflow/engine.ts";

/** Left out: the step's own id for its job. Each time that the job is asked for, it is another one. */
export function withFreshChildIds(random: Random): EngineOptions {
  return { jobId: (id) => `${id}~${random.id()}` };
}
