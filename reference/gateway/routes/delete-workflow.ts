import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { unknownWorkflow } from "../http-error.ts";

/** `DELETE /workflows/:id`: 204, and 404 when there was none. Runs that have begun go on. */
export function deleteWorkflow(app: FastifyInstance, { env }: GatewayContext): void {
  app.delete<{ Params: { id: string } }>("/workflows/:id", async ({ params, client }, reply) => {
    if (!(await env.workflows.remove(client.tenant, params.id))) throw unknownWorkflow(params.id);
    return reply.code(204).send();
  });
}
