import { UsageError } from "../../../core/mod.ts";
import type { WorkflowDefinition } from "./definition.ts";
import { jsonMistake } from "./json-value.ts";
import type { Run, StepRun } from "./run.ts";

/** What a new run is made of. */
export interface NewRun {
  /** No `:`, `@` or brackets: the ids of its jobs are made of it. */
  readonly id: string;
  readonly tenant: string;
  readonly traceId: string;
  readonly definition: WorkflowDefinition;
  /** JSON; `input` in expressions. */
  readonly input: unknown;
  readonly nowUnixMs: number;
}

/**
 * A run that has not begun: nothing of it is under way until its first `wake`.
 *
 * @throws UsageError - if the input is too large or nested too deeply to be kept
 */
export function beginRun({ id, tenant, traceId, definition, input, nowUnixMs }: NewRun): Run {
  if (!/^[^:@[\]]+$/.test(id)) throw new Error(`"${id}" cannot be the id of a run: the ids of its jobs are made of it`);
  checkInput(input);
  const { timeoutMs } = definition;
  return {
    ...{ id, tenant, traceId, definition, input },
    state: "pending",
    createdUnixMs: nowUnixMs,
    ...(timeoutMs === undefined ? {} : { deadlineUnixMs: nowUnixMs + timeoutMs }),
    steps: Object.fromEntries(
      Object.keys(definition.steps).map((step): [string, StepRun] => [step, { state: "pending" }]),
    ),
  };
}

/** Characters of a run's input, as JSON text. */
const mostOfInput = 256 * 1_024;

function checkInput(input: unknown): void {
  const mistake = jsonMistake(input);
  if (mistake !== undefined) throw new UsageError(`the input of a run ${mistake}`);
  const { length } = JSON.stringify(input);
  if (length > mostOfInput)
    throw new UsageError(`the input of a run has ${length} characters; the most is ${mostOfInput}`);
}
