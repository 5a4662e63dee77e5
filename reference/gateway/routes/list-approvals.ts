import type { FastifyInstance } from "fastify";

import { openApprovals, type Run } from "../../domain/workflow/mod.ts";
import type { Runs } from "../../ports/mod.ts";
import type { GatewayContext } from "../gateway-context.ts";
import { timestamp } from "../job-view.ts";
import { readLimit } from "../paging.ts";

/** Of each state, so many of the newest runs are looked through. */
const runsMax = 1_000;
const pageSize = 200;

/** `GET /approvals?limit`: the steps that wait for a decision, the longest waiting first. */
export function listApprovals(app: FastifyInstance, { env }: GatewayContext): void {
  app.get<{ Querystring: { limit?: string } }>("/approvals", async ({ query, client }) => {
    const limit = readLimit(query.limit);
    const runs = await runsThatMayWait(env.runs, client.tenant);
    const waiting = runs.flatMap((run) => openApprovals(run).map((step) => ({ run, step })));
    const items = waiting.toSorted((a, b) => since(a) - since(b)).slice(0, limit);
    return { items: items.map(approvalItem) };
  });
}

interface Approval {
  readonly run: Run;
  readonly step: string;
}

/** A run is `running` as long as anything else of it is under way. */
async function runsThatMayWait(runs: Runs, tenant: string): Promise<Run[]> {
  const found = new Map<string, Run>();
  for (const state of ["waiting", "running"] as const) {
    for (let offset = 0; offset < runsMax; offset += pageSize) {
      const page = await runs.list(tenant, { state, offset, limit: pageSize });
      for (const run of page) found.set(run.id, run);
      if (page.length < pageSize) break;
    }
  }
  return [...found.values()];
}

function since({ run, step }: Approval): number {
  return run.steps[step]?.startedUnixMs ?? run.createdUnixMs;
}

function approvalItem({ run, step }: Approval): object {
  const { dueUnixMs } = run.steps[step] ?? {};
  const definition = run.definition.steps[step];
  return {
    ...{ run_id: run.id, workflow_id: run.definition.id, step },
    prompt: definition?.type === "approval" ? definition.prompt : null,
    waiting_since: timestamp(since({ run, step })),
    expires_at: dueUnixMs === undefined ? null : timestamp(dueUnixMs),
  };
}
