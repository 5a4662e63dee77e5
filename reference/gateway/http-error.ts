import type { FastifyReply } from "fastify";

/** What an error says to the client. */
export interface ErrorAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Stable and searchable, such as `unknown_topic`. */
  readonly code: string;
  readonly message: string;
  /** The way out, as an instruction. */
  readonly hint?: string | undefined;
  /** Whole seconds, for the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Thrown where a request cannot go on; the client gets its answer. */
export class HttpError extends Error {
  readonly answer: ErrorAnswer;

  constructor(answer: ErrorAnswer) {
    super(answer.message);
    this.answer = answer;
  }
}

/** Sends an error as every error of the API looks: `{ error: { code, message, hint? } }`. */
export function sendError(reply: FastifyReply, answer: ErrorAnswer): FastifyReply {
  if (answer.retryAfterSeconds !== undefined) reply.header("retry-after", `${answer.retryAfterSeconds}`);
  return reply.code(answer.status).send(errorBody(answer));
}

/** The JSON body of an error. */
export function errorBody({ code, message, hint }: ErrorAnswer): object {
  return { error: { code, message, ...(hint === undefined ? {} : { hint }) } };
}

/** No job has this id. */
export function unknownJob(id: string): HttpError {
  return new HttpError({
    status: 404,
    code: "unknown_job",
    message: `There is no job "${id}"`,
    hint: "ids come from POST /api/v1/jobs; a finished job is forgotten after JOB_META_TTL",
  });
}

/** No workflow of the tenant has this id. */
export function unknownWorkflow(id: string): HttpError {
  return new HttpError({
    status: 404,
    code: "unknown_workflow",
    message: `There is no workflow "${id}"`,
    hint: "GET /api/v1/workflows lists them; PUT /api/v1/workflows/:id registers one",
  });
}
