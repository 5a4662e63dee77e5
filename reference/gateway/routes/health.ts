import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { probe } from "../../replica/probe.ts";

/** `GET /health`: 200 when this gateway can do its work, 503 when it cannot or is stopping. Needs no API key. */
export function health(app: FastifyInstance, { env, stopping }: GatewayContext): void {
  app.get("/health", async (_request, reply) => {
    const { healthy, detail } = await probe(env);
    const ready = healthy && !stopping.aborted;
    reply.code(ready ? 200 : 503);
    return { healthy: ready, stopping: stopping.aborted, ...detail };
  });
}
