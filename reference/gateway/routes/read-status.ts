import type { FastifyInstance } from "fastify";

import packageFile from "../../../package.json" with { type: "json" };
import type { WorkerSnapshots } from "../../ports/mod.ts";
import type { GatewayContext } from "../gateway-context.ts";
import { timestamp } from "../job-view.ts";
import { probe } from "../../replica/probe.ts";

/**
 * `GET /status`: this gateway and what it sees of its surroundings. It answers 200 even when some of it is away, and
 * asks for no key: it is how an operator sees that a gateway is up.
 */
export function readStatus(app: FastifyInstance, { env, config, startedAt }: GatewayContext): void {
  app.get("/status", { config: { keyless: true } }, async ({ admission }) => {
    const limiterDegraded = config.rateLimitShared && admission.mode === "local";
    const [seen, workers] = await Promise.all([probe(env), countWorkers(env.workerSnapshots)]);
    return {
      status: seen.healthy && !limiterDegraded ? "ok" : "degraded",
      instance_id: env.instance,
      time: timestamp(env.clock.unixMs()),
      uptime_seconds: Math.round((env.clock.now() - startedAt) / 1_000),
      ...seen.detail,
      redis_pool_stats: env.store.pool(),
      rate_limiter: { mode: admission.mode },
      workers: { count: workers },
      build: { version: packageFile.version },
    };
  });
}

/** Null when the store cannot be asked: that is said by `redis` beside it. */
async function countWorkers(snapshots: WorkerSnapshots): Promise<number | null> {
  try {
    const snapshot = await snapshots.read();
    return snapshot?.workers.length ?? 0;
  } catch {
    return null;
  }
}
