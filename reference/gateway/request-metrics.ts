import type { FastifyInstance, FastifyRequest } from "fastify";

import type { Clock } from "../../core/mod.ts";
import type { Metrics } from "../ports/mod.ts";

/** Counts and times every answer, by the route's template: an id in the URL must not make a new time series. */
export function measureRequests(app: FastifyInstance, metrics: Metrics, clock: Clock): void {
  const arrivedMs = new WeakMap<FastifyRequest, number>();
  app.addHook("onRequest", (request, _reply, done) => {
    arrivedMs.set(request, clock.now());
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? "none";
    metrics.count("httpRequests", { method, route, status: `${reply.statusCode}` });
    const seconds = (clock.now() - (arrivedMs.get(request) ?? clock.now())) / 1_000;
    metrics.observe("httpSeconds", seconds, { method, route });
    done();
  });
}
