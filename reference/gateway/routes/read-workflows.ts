import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { unknownWorkflow } from "../http-error.ts";
import { readPage, type PageQuery } from "../paging.ts";
import { workflowDocument, workflowSummary } from "../workflow-view.ts";

/** `GET /workflows?limit&cursor`: in order of their ids. `GET /workflows/:id`: the document. */
export function readWorkflows(app: FastifyInstance, { env }: GatewayContext): void {
  app.get<{ Querystring: PageQuery }>("/workflows", ({ query, client }) =>
    readPage(query, (range) => env.workflows.list(client.tenant, range), workflowSummary),
  );
  app.get<{ Params: { id: string } }>("/workflows/:id", async ({ params, client }) => {
    const definition = await env.workflows.read(client.tenant, params.id);
    if (!definition) throw unknownWorkflow(params.id);
    return workflowDocument(definition);
  });
}
