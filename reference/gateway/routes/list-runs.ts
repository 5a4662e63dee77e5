import type { FastifyInstance } from "fastify";

import { nearestNames } from "../../../core/mod.ts";
import type { RunState } from "../../domain/workflow/mod.ts";
import type { GatewayContext } from "../gateway-context.ts";
import { HttpError, unknownWorkflow } from "../http-error.ts";
import { readPage, type PageQuery } from "../paging.ts";
import { runSummary } from "../run-view.ts";

interface Query extends PageQuery {
  readonly state?: string;
}

const states: readonly RunState[] = ["pending", "running", "waiting", "succeeded", "failed", "cancelled", "timed_out"];

/** `GET /workflow-runs` and `GET /workflows/:id/runs`, each with `?state&limit&cursor`: runs, newest first. */
export function listRuns(app: FastifyInstance, { env }: GatewayContext): void {
  const list = (tenant: string, query: Query, workflow?: string): Promise<object> => {
    const wanted = { ...(workflow === undefined ? {} : { workflow }), ...stateIn(query) };
    return readPage(query, (range) => env.runs.list(tenant, { ...wanted, ...range }), runSummary);
  };
  app.get<{ Querystring: Query }>("/workflow-runs", ({ query, client }) => list(client.tenant, query));
  app.get<{ Querystring: Query; Params: { id: string } }>("/workflows/:id/runs", async ({ query, params, client }) => {
    const page = await list(client.tenant, query, params.id);
    const isKnown = "items" in page && Array.isArray(page.items) && page.items.length > 0;
    if (!isKnown && !(await env.workflows.read(client.tenant, params.id))) throw unknownWorkflow(params.id);
    return page;
  });
}

function stateIn({ state: text }: Query): { readonly state?: RunState } {
  if (text === undefined) return {};
  const state = states.find((each) => each === text);
  if (state) return { state };
  const near = nearestNames(text, states);
  throw new HttpError({
    status: 400,
    code: "invalid_request",
    message: `There is no state "${text.slice(0, 64)}"`,
    hint: near.length > 0 ? `did you mean ${near.join(", ")}?` : `states are ${states.join(", ")}`,
  });
}
