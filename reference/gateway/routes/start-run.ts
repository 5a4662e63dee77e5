import type { FastifyInstance, FastifyRequest } from "fastify";

import { jsonMistake } from "../../domain/workflow/json-value.ts";
import type { GatewayContext } from "../gateway-context.ts";
import { HttpError } from "../http-error.ts";
import { idempotencyKey } from "../idempotency-key.ts";
import { mistakesIn } from "../request-body.ts";
import { requestDigest } from "../request-digest.ts";
import { createRun, type RunRequest } from "../run-creation.ts";

const schema = {
  headers: { type: "object", properties: { "idempotency-key": idempotencyKey } },
  body: {
    type: "object",
    nullable: true,
    additionalProperties: false,
    properties: { input: {}, idempotency_key: idempotencyKey },
  },
};

const schemaErrorFormatter = mistakesIn("a run has the fields input and idempotency_key, and none is required");

interface Start {
  Params: { id: string };
  Headers: { "idempotency-key"?: string };
  Body: { readonly input?: unknown; readonly idempotency_key?: string } | null | undefined;
}

/** `POST /workflows/:id/runs`: 202 for a run that is stored; 200 for one that the same key had made before. */
export function startRun(app: FastifyInstance, gateway: GatewayContext): void {
  app.post<Start>("/workflows/:id/runs", { schema, schemaErrorFormatter }, async (request, reply) => {
    const { run, replayed } = await createRun(gateway, runRequest(request));
    if (replayed) reply.header("idempotent-replay", "true");
    reply.header("location", `/api/v1/workflow-runs/${run.id}`).code(replayed ? 200 : 202);
    return { run_id: run.id, workflow_id: run.definition.id, trace_id: run.traceId, state: run.state };
  });
}

function runRequest({ params, headers, body, client }: FastifyRequest<Start>): RunRequest {
  const { input = null, idempotency_key: inBody } = body ?? {};
  const key = headers["idempotency-key"] ?? inBody;
  assertShallow(input);
  return {
    ...{ tenant: client.tenant, workflow: params.id, input },
    idempotency: key === undefined ? undefined : { key, digest: requestDigest([params.id, input]) },
  };
}

function assertShallow(input: unknown): void {
  const mistake = jsonMistake(input);
  if (mistake === undefined) return;
  throw new HttpError({ status: 400, code: "invalid_request", message: `body/input ${mistake}`, hint: "flatten it" });
}
