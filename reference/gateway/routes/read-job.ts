import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { unknownJob } from "../http-error.ts";
import { jobDetail } from "../job-view.ts";

/** `GET /jobs/:id`: everything that is known of a job but its payload. */
export function readJob(app: FastifyInstance, { env }: GatewayContext): void {
  app.get<{ Params: { id: string } }>("/jobs/:id", async ({ params }) => {
    const job = await env.jobs.read(params.id);
    if (!job) throw unknownJob(params.id);
    return jobDetail(job);
  });
}
