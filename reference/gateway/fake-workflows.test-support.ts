import type { Run, StepRun, TimelineEntry, WorkflowDefinition } from "../domain/workflow/mod.ts";
import type { Runs, Workflows } from "../ports/mod.ts";

/** Workflows and runs in memory, as a gateway relies on them: ids are a tenant's own, create is idempotent. */
export class FakeWorkflows {
  readonly definitions = new Map<string, WorkflowDefinition>();
  readonly records = new Map<string, Run>();
  readonly timelines = new Map<string, TimelineEntry[]>();

  readonly port: Workflows = {
    put: async (tenant, definition) => void this.definitions.set(`${tenant} ${definition.id}`, definition),
    read: async (tenant, id) => this.definitions.get(`${tenant} ${id}`),
    remove: async (tenant, id) => this.definitions.delete(`${tenant} ${id}`),
    list: async (tenant, { offset, limit }) => {
      const own = [...this.definitions].filter(([key]) => key.startsWith(`${tenant} `)).map(([, each]) => each);
      return own.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(offset, offset + limit);
    },
  };

  readonly runs: Pick<Runs, "create" | "read" | "list" | "timeline"> = {
    create: async (run) => {
      const existing = this.records.get(run.id);
      this.records.set(run.id, existing ?? run);
      return { created: !existing, stored: storedRun(existing ?? run) };
    },
    read: async (id) => {
      const run = this.records.get(id);
      return run && storedRun(run);
    },
    list: async (tenant, { workflow, state, offset, limit }) =>
      [...this.records.values()]
        .filter((run) => run.tenant === tenant)
        .filter((run) => workflow === undefined || run.definition.id === workflow)
        .filter((run) => state === undefined || run.state === state)
        .toReversed()
        .slice(offset, offset + limit),
    timeline: async (id) => this.timelines.get(id) ?? [],
  };

  /** Changes a run behind the gateway's back, as an engine does. */
  move(id: string, change: Partial<Run>, steps: Readonly<Record<string, StepRun>> = {}): void {
    const run = this.records.get(id);
    if (run) this.records.set(id, { ...run, ...change, steps: { ...run.steps, ...steps } });
  }
}

function storedRun(run: Run): { run: Run; version: number; epoch: number; outbox: [] } {
  return { run, version: 1, epoch: 0, outbox: [] };
}
