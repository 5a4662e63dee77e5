import type { FastifyInstance } from "fastify";

import type { Metrics } from "../ports/mod.ts";

/** Counts and times every answer, by the route's template: an id in the URL must not make a new time series. */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook("onResponse", (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? "none";
    metrics.count("httpRequests", { method, route, status: `${reply.statusCode}` });
    metrics.observe("httpSeconds", reply.elapsedTime / 1_000, { method, route });
    done();
  });
}
