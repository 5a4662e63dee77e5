import { stepOfJob } from "../../core/mod.ts";
import { isTerminal } from "../domain/job-state.ts";
import { encodePacket } from "../domain/packets.ts";
import { submitSubject } from "../domain/subjects.ts";
import type { Run, RunIntent } from "../domain/workflow/mod.ts";
import type { Environment, Intent, NewJob } from "../ports/mod.ts";
import type { ChangeContext } from "./engine-context.ts";

type SubmitIntent = Extract<RunIntent, { kind: "submit-job" }>;

/**
 * Makes a step's job and hands it to the schedulers. Its id follows from run, step, child and attempt, so a job that
 * was made before, by whomever, is found made. From then on its own outbox remembers the handing over.
 */
export async function submitStepJob({ env, jobId }: ChangeContext, run: Run, intent: SubmitIntent): Promise<void> {
  const job = newJob(env, run, intent, jobId(intent.job));
  const intents = [handOver(job)];
  const { created, state, revision } = await env.jobs.create(job, intents);
  if (created) await env.outbox.deliver({ id: job.id, topic: job.topic, state, epoch: 0 }, { revision, intents });
  else if (!isTerminal(state)) await deliverStored(env, job.id);
}

function newJob({ instance }: Environment, run: Run, intent: SubmitIntent, id: string): NewJob {
  const { topic, payload, deadlineUnixMs } = intent;
  return {
    ...{ id, topic, payload, tenant: run.tenant, traceId: run.traceId, submittedBy: instance },
    labels: { workflow_id: run.definition.id, run_id: run.id, step_id: stepOfJob(intent.job)?.step ?? "" },
    ...(deadlineUnixMs === undefined ? {} : { deadlineUnixMs }),
  };
}

function handOver({ id, traceId, submittedBy }: NewJob): Intent {
  const body = encodePacket("submit", submittedBy, traceId, { job_id: id });
  return { kind: "publish", subject: submitSubject, id: `submit:${id}`, body };
}

/** Its maker may have died before it handed the job over: the schedulers' sweep would find it, later. */
async function deliverStored({ jobs, outbox }: Environment, id: string): Promise<void> {
  const job = await jobs.read(id);
  for (const entry of job?.outbox ?? []) if (job) await outbox.deliver(job, entry);
}
