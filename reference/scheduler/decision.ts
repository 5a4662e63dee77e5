import type { Change, Job } from "../ports/mod.ts";

/** A change of a job's record, apart from what it rests on. */
export type Step = Omit<Change, "id" | "revision" | "from" | "section">;

/** What to do with a job, by what its record says. */
export type Decision =
  | { readonly kind: "advance"; readonly step: Step }
  /** Deliver what the record still promises. */
  | { readonly kind: "deliver"; readonly because: string }
  | { readonly kind: "keep"; readonly because: string };

/** Moves the job on. */
export function advance(step: Step): Decision {
  return { kind: "advance", step };
}

/** Leaves the state as it is, and keeps the record's promises if it has any left. */
export function keep(job: Job, because: string): Decision {
  return { kind: job.outbox.length > 0 ? "deliver" : "keep", because };
}
