import { messageOf } from "../../core/mod.ts";
import type { Environment, Job } from "../ports/mod.ts";

/** Delivers whatever the record of a job still promises. */
export async function deliverOutbox({ outbox }: Pick<Environment, "outbox">, job: Job): Promise<void> {
  for (const entry of job.outbox) await outbox.deliver(job, entry);
}

/** The same for a job that has to be read first: it is stored, but the reply that named its entry got lost. */
export async function deliverStored(env: Pick<Environment, "jobs" | "outbox" | "log">, id: string): Promise<void> {
  try {
    const job = await env.jobs.read(id);
    if (job) await deliverOutbox(env, job);
  } catch (thrown) {
    // The sweep reads it again.
    env.log.debug("outbox entry left to the sweep", { job: id, because: messageOf(thrown) });
  }
}
