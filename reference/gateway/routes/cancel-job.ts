import type { FastifyInstance } from "fastify";

import { cancel } from "../cancellation.ts";
import type { GatewayContext } from "../gateway-context.ts";

/** `POST /jobs/:id/cancel`: 200 when the job is CANCELLED, 409 when it had ended otherwise. */
export function cancelJob(app: FastifyInstance, gateway: GatewayContext): void {
  app.post<{ Params: { id: string } }>("/jobs/:id/cancel", async ({ params, client }) => {
    await cancel(gateway, params.id, client.tenant);
    return { job_id: params.id, state: "CANCELLED" };
  });
}
