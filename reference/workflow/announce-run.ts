import { encodePacket } from "../domain/packets.ts";
import { workflowEventSubject } from "../domain/subjects.ts";
import type { Run } from "../domain/workflow/mod.ts";
import type { Environment } from "../ports/mod.ts";

/** Counts the steps that entered another state, and tells everybody that something has happened to a run. */
export function announceRun({ bus, metrics, instance }: Environment, before: Run, after: Run): void {
  for (const [id, { state }] of Object.entries(after.steps)) {
    const type = after.definition.steps[id]?.type ?? "unknown";
    if (before.steps[id]?.state !== state) metrics.count("workflowSteps", { type, state });
  }
  const notice = { run_id: after.id, workflow_id: after.definition.id, tenant: after.tenant, state: after.state };
  bus.broadcast(workflowEventSubject, encodePacket("run-event", instance, after.traceId, notice));
}
