import Fastify, { type FastifyInstance } from "fastify";

import { apiKeys } from "./api-keys.ts";
import { authenticate } from "./authentication.ts";
import { answerBrokenRequest } from "./broken-request.ts";
import { answerTo, handleErrors } from "./error-handler.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { sendError } from "./http-error.ts";
import { limitRate } from "./rate-limit.ts";
import { readBodies, validation } from "./request-body.ts";
import { measureRequests } from "./request-metrics.ts";
import { cancelJob } from "./routes/cancel-job.ts";
import { cancelRun } from "./routes/cancel-run.ts";
import { decideStep } from "./routes/decide-step.ts";
import { deleteWorkflow } from "./routes/delete-workflow.ts";
import { exposeMetrics } from "./routes/expose-metrics.ts";
import { health } from "./routes/health.ts";
import { listApprovals } from "./routes/list-approvals.ts";
import { listJobs } from "./routes/list-jobs.ts";
import { listRuns } from "./routes/list-runs.ts";
import { listWorkers } from "./routes/list-workers.ts";
import { putWorkflow } from "./routes/put-workflow.ts";
import { readJob } from "./routes/read-job.ts";
import { readRun } from "./routes/read-run.ts";
import { readStatus } from "./routes/read-status.ts";
import { readWorkflows } from "./routes/read-workflows.ts";
import { startRun } from "./routes/start-run.ts";
import { submitJob } from "./routes/submit-job.ts";
import { shareValidators } from "./share-validators.ts";

/** What there is behind the doors. */
const routes: readonly ((app: FastifyInstance, gateway: GatewayContext) => void)[] = [
  ...[submitJob, listJobs, readJob, cancelJob, listWorkers, readStatus],
  ...[putWorkflow, readWorkflows, deleteWorkflow],
  ...[startRun, listRuns, readRun, cancelRun, listApprovals, decideStep],
];

/** A client that is slower than this with its request is hung up on. */
const requestTimeoutMs = 30_000;

/**
 * The gateway's HTTP interface, not listening yet.
 *
 * Each request of the API passes the same doors in the same order: API key, limit, body, route.
 *
 * @throws UsageError when CORDUM_API_KEYS cannot be read
 */
export function gatewayApp(gateway: GatewayContext): FastifyInstance {
  const { env, config, stopping } = gateway;
  const keys = apiKeys(config.apiKeys);
  const app = Fastify({
    logger: false,
    bodyLimit: config.maxPayloadBytes,
    requestTimeout: requestTimeoutMs,
    // A request on an open connection is served while the others drain: a restart refuses nothing.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => void sendError(reply, answerTo(error, request)),
    ...validation,
  });
  handleErrors(app, env.log);
  readBodies(app);
  measureRequests(app, env.metrics, env.clock);
  hangUpWhenStopping(app, stopping);
  health(app, gateway);
  exposeMetrics(app, gateway);
  void app.register(
    (api, _options, done) => {
      shareValidators(api);
      authenticate(api, keys);
      limitRate(api, { limiter: env.limiter, metrics: env.metrics, defaultPerSecond: config.rateLimitRps });
      for (const route of routes) route(api, gateway);
      done();
    },
    { prefix: "/api/v1" },
  );
  return app;
}

/** A kept-alive connection would hold up the shutdown, and its next request would find nobody. */
function hangUpWhenStopping(app: FastifyInstance, stopping: AbortSignal): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (stopping.aborted) reply.header("connection", "close");
    done(null, payload);
  });
}
