import { beginRun, type Run, type RunState } from "../../domain/workflow/mod.ts";
import type { StoredRun } from "../../ports/mod.ts";

let made = 0;

/** A run of its own, of a workflow with one step. */
export function newRun(changes: Partial<Run> = {}): Run {
  const step = { type: "worker", topic: "job.echo", input: { list: [], none: {} }, dependsOn: [] } as const;
  const definition = { id: "pipeline", name: "Pipeline", steps: { only: step } };
  const id = `run-${++made}`;
  const nowUnixMs = 1_700_000_000_000 + made;
  return { ...beginRun({ id, tenant: "acme", traceId: "trace", definition, input: {}, nowUnixMs }), ...changes };
}

/** What a change presents that was made on an opening. */
export function basedOn({ run, version, epoch }: StoredRun, state: RunState = run.state) {
  return { run: { ...run, state }, version, epoch, intents: [], timeline: [] };
}
