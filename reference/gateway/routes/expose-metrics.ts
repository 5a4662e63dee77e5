import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";

/** `GET /metrics`: the Prometheus text format. Needs no API key. */
export function exposeMetrics(app: FastifyInstance, { env }: GatewayContext): void {
  app.get("/metrics", async (_request, reply) => {
    reply.type("text/plain; version=0.0.4; charset=utf-8");
    return env.metrics.expose();
  });
}
