/** The two streams and what they capture, as the seed documents them. */
export const streams = {
  system: { name: "CORDUM_SYS", subjects: ["sys.>"] },
  jobs: { name: "CORDUM_JOBS", subjects: ["job.>", "worker.*.jobs"] },
} as const;

/** Durable subjects: each message goes to one replica of the queue group. */
export const submitSubject = "sys.job.submit";
export const resultSubject = "sys.job.result";
export const cancelSubject = "sys.job.cancel";

/** Broadcast subjects: every replica that listens gets every message, and a missed one heals itself. */
export const heartbeatSubject = "sys.heartbeat";
export const handshakeSubject = "sys.handshake";

/** What clients want of a workflow run: that it starts, a decision on an approval, that it is cancelled. */
export const workflowCommandSubject = "sys.workflow.command";
/** Broadcast: something has happened to a run. */
export const workflowEventSubject = "sys.workflow.event";

/** Queue groups. */
export const schedulerQueue = "cordum-scheduler";
export const workflowQueue = "cordum-workflow-engine";

/** The subject that one worker consumes alone. */
export function workerSubject(worker: string): string {
  return `worker.${worker}.jobs`;
}

/** Where one worker listens for cancellations: a broadcast, since a lost one only wastes work. */
export function workerCancelSubject(worker: string): string {
  return `worker.${worker}.cancel`;
}

/** The queue group of a worker's own subject. */
export function workerQueue(worker: string): string {
  return `worker-${worker}`;
}

/** A topic is a subject below `job.`: `job.echo`. Workers that serve it share the queue group of its name. */
export function isTopic(text: string): boolean {
  return /^job\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(text) && text.length <= 128;
}

/** The queue group of a topic. */
export function topicQueue(topic: string): string {
  return topic.replaceAll(".", "-");
}

/** The shared durable consumer of a queue group on a subject: `dur_<queue>__<subject>`, dots becoming underscores. */
export function durableName(queue: string, subject: string): string {
  return `dur_${queue}__${subject.replaceAll(".", "_")}`;
}
