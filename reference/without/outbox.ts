import type { Jobs } from "../ports/mod.ts";

/** Left out: the outbox. A state change is stored alone; what must follow is known only to the process that made it. */
export function withoutOutbox(jobs: Jobs): Jobs {
  return {
    ...jobs,
    create: (job) => jobs.create(job, []),
    advance: (change) => jobs.advance({ ...change, intents: [] }),
  };
}
