import type { FastifyInstance } from "fastify";

import type { Admission, Limiter, Metrics } from "../ports/mod.ts";
import { sendError, type ErrorAnswer } from "./http-error.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set by {@link limitRate} on every route of the API. */
    admission: Admission;
  }
}

/** What the limit is counted with. */
export interface RateLimitOptions {
  readonly limiter: Limiter;
  readonly metrics: Pick<Metrics, "count">;
  /** For tenants without a limit of their own. */
  readonly defaultPerSecond: number;
}

/**
 * Admits each tenant's requests up to its limit, and says in the `RateLimit-*` headers how much is left. It runs
 * before the body is read, so that a refused request costs little.
 */
export function limitRate(app: FastifyInstance, { limiter, metrics, defaultPerSecond }: RateLimitOptions): void {
  app.addHook("onRequest", async (request, reply) => {
    const { tenant, limitPerSecond } = request.client;
    const admission = await limiter.admit(tenant, limitPerSecond ?? defaultPerSecond);
    request.admission = admission;
    reply.header("ratelimit-limit", `${admission.limit}`);
    reply.header("ratelimit-remaining", `${admission.remaining}`);
    reply.header("ratelimit-reset", `${Math.ceil(admission.resetAfterMs / 1_000)}`);
    if (admission.allowed) return undefined;
    metrics.count("rateLimitHits", { mode: admission.mode });
    return sendError(reply, tooMany(tenant, admission));
  });
}

function tooMany(tenant: string, { limit, retryAfterMs }: Admission): ErrorAnswer {
  return {
    status: 429,
    code: "rate_limited",
    message: `Tenant "${tenant}" has used up its ${limit} requests a second`,
    hint: "wait for the seconds in Retry-After",
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)),
  };
}
