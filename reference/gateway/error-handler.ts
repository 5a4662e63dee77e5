import type { FastifyInstance, FastifyRequest } from "fastify";

import { OutcomeUnknown, Unavailable, type Log } from "../ports/mod.ts";
import { HttpError, sendError, type ErrorAnswer } from "./http-error.ts";

/** Gives every error its answer: the API's own, the store's, Fastify's, and bugs (500, with the stack in the log). */
export function handleErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const answer = answerTo(error, request);
    if (answer.status === 500) log.error("request failed", { method: request.method, url: request.url, error });
    return sendError(reply, answer);
  });
  app.setNotFoundHandler((request, reply) =>
    sendError(reply, {
      status: 404,
      code: "unknown_route",
      message: `There is no ${request.method} ${request.url.split("?", 1)[0]}`,
      hint: "the API begins at /api/v1/jobs, /workflows, /workflow-runs, /approvals, /workers and /status",
    }),
  );
}

/** What an error means to the client. */
export function answerTo(error: unknown, request: Pick<FastifyRequest, "method">): ErrorAnswer {
  if (error instanceof HttpError) return error.answer;
  if (error instanceof Unavailable) return storeUnavailable;
  // A read that was not answered changed nothing; a write may have.
  if (error instanceof OutcomeUnknown) return isRead(request) ? storeUnavailable : outcomeUnknown;
  return fastifyAnswer(error) ?? bug;
}

function isRead({ method }: Pick<FastifyRequest, "method">): boolean {
  return method === "GET" || method === "HEAD";
}

const storeUnavailable: ErrorAnswer = {
  status: 503,
  code: "store_unavailable",
  message: "The store is not reachable: nothing was done",
  hint: "try again after the time in Retry-After",
  retryAfterSeconds: 1,
};

const outcomeUnknown: ErrorAnswer = {
  status: 503,
  code: "outcome_unknown",
  message: "The store did not answer: the request may or may not have taken effect",
  hint: "sending it again is safe for a job or a run with the same Idempotency-Key, and for all that is no new one",
  retryAfterSeconds: 1,
};

const bug: ErrorAnswer = {
  status: 500,
  code: "internal",
  message: "The gateway failed on this request",
  hint: "the cause is in the gateway's log",
};

/** Fastify's own refusals of a request, by its error code. */
const fastifyCodes: Readonly<Record<string, Omit<ErrorAnswer, "status" | "message">>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: "body_too_large",
    hint: "the most is GATEWAY_MAX_JOB_PAYLOAD_BYTES, 2 MiB by default",
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: "unsupported_media_type", hint: "send Content-Type: application/json" },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: "invalid_content_length", hint: "send Content-Length in bytes" },
  FST_ERR_BAD_URL: { code: "bad_url", hint: "percent-encode the path as UTF-8" },
};

function fastifyAnswer(error: unknown): ErrorAnswer | undefined {
  if (!isClientError(error)) return undefined;
  const known = fastifyCodes[error.code ?? ""] ?? { code: "bad_request" };
  return { status: error.statusCode, message: error.message, ...known };
}

function isClientError(error: unknown): error is Error & { statusCode: number; code?: string } {
  if (!(error instanceof Error) || !("statusCode" in error)) return false;
  return typeof error.statusCode === "number" && error.statusCode >= 400 && error.statusCode < 500;
}
