import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { timestamp } from "../job-view.ts";
import type { WorkerInfo } from "../../ports/mod.ts";

/** `GET /workers`: the workers in the snapshot that one scheduler writes for all gateways. */
export function listWorkers(app: FastifyInstance, { env }: GatewayContext): void {
  app.get("/workers", async () => {
    const snapshot = await env.workerSnapshots.read();
    if (!snapshot) return { captured_at: null, writer: null, items: [] };
    return {
      captured_at: timestamp(snapshot.capturedUnixMs),
      writer: snapshot.writer,
      items: snapshot.workers.map(workerItem),
    };
  });
}

function workerItem(worker: WorkerInfo): object {
  return {
    worker_id: worker.id,
    session: worker.session,
    topics: worker.topics,
    active_jobs: worker.activeJobs,
    max_parallel_jobs: worker.maxParallelJobs,
    last_seen: timestamp(worker.lastSeenUnixMs),
  };
}
