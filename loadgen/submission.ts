import { ms } from "../core/mod.ts";
import type { Load } from "./load.ts";

/** The request that submits a job of a load: what every engine sends. */
export interface Submission {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the job is, before it is written as JSON. */
  readonly job: { readonly topic: string; readonly payload: { readonly workMs: number } };
  /** JSON of the job. */
  readonly body: string;
}

const defaultTopic = "job.default";

/** @throws UsageError when a duration of the load cannot be read. */
export function submissionOf(load: Load, apiKey: (client: string) => string): Submission {
  const job = { topic: load.topic ?? defaultTopic, payload: { workMs: ms(load.work ?? "0ms") } };
  const headers = { "content-type": "application/json", "x-api-key": apiKey(load.client ?? "load") };
  return { path: "/api/v1/jobs", headers, job, body: JSON.stringify(job) };
}
