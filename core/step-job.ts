/** Which step of which run a job does, by its id: `run-7:charge@2`, `run-7:notify[3]@1`. */
export interface StepJob {
  readonly run: string;
  readonly step: string;
  /** For a child of a parallel or for_each step. */
  readonly index?: number;
  /** Counted from 1. */
  readonly attempt: number;
}

const pattern = /^(?<run>[^:@[\]]+):(?<step>[^:@[\]]+)(?:\[(?<index>\d+)\])?@(?<attempt>\d+)(?:~.*)?$/;

/** The id of a step's job. The same step, child and attempt always have the same id. */
export function stepJobId({ run, step, index, attempt }: StepJob): string {
  return `${run}:${step}${index === undefined ? "" : `[${index}]`}@${attempt}`;
}

/** What a job's id says about its step; nothing for a job of no workflow. What follows a `~` is not looked at. */
export function stepOfJob(job: string): StepJob | undefined {
  const parts = pattern.exec(job)?.groups;
  if (!parts) return undefined;
  const { run = "", step = "", index, attempt } = parts;
  return { run, step, attempt: Number(attempt), ...(index === undefined ? {} : { index: Number(index) }) };
}
