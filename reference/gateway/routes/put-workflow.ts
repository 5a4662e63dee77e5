import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { readDefinition } from "../registration.ts";
import { workflowSummary } from "../workflow-view.ts";

/**
 * `PUT /workflows/:id`, `PUT /workflows` and `POST /workflows`: registers a workflow, or takes the place of the one
 * that had its id. Runs that have begun keep what they began with.
 */
export function putWorkflow(app: FastifyInstance, { env, config }: GatewayContext): void {
  const register = async (document: unknown, tenant: string, id?: string): Promise<object> => {
    const definition = readDefinition(document, config.topics, id);
    await env.workflows.put(tenant, definition);
    return workflowSummary(definition);
  };
  app.put<{ Params: { id: string } }>("/workflows/:id", ({ body, client, params }) =>
    register(body, client.tenant, params.id),
  );
  app.route({
    method: ["PUT", "POST"],
    url: "/workflows",
    handler: ({ body, client }) => register(body, client.tenant),
  });
}
