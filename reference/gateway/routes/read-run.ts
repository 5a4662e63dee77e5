import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { ownRun } from "../own-run.ts";
import { runDetail, timelineItem } from "../run-view.ts";

interface OfRun {
  Params: { run: string };
}

/** `GET /workflow-runs/:run`: the run and its steps. `GET /workflow-runs/:run/timeline`: its events, oldest first. */
export function readRun(app: FastifyInstance, { env }: GatewayContext): void {
  app.get<OfRun>("/workflow-runs/:run", async ({ params, client }) =>
    runDetail(await ownRun(env, params.run, client.tenant)),
  );
  app.get<OfRun>("/workflow-runs/:run/timeline", async ({ params, client }) => {
    const { id } = await ownRun(env, params.run, client.tenant);
    const entries = await env.runs.timeline(id);
    return { run_id: id, items: entries.map(timelineItem) };
  });
}
