import type { FastifyInstance, FastifySchemaValidationError, FastifyServerOptions } from "fastify";

import { HttpError } from "./http-error.ts";

/** How bodies are checked: a wrong type is an error, never converted, and so is a field that nobody knows. */
export const validation: Pick<FastifyServerOptions, "ajv" | "schemaErrorFormatter"> = {
  ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  schemaErrorFormatter: mistakesIn(
    "a job has the fields topic, payload, labels, deadline_ms and idempotency_key, and none is required",
  ),
};

/** How mistakes in a request are told, with what it may hold. */
export function mistakesIn(hint: string): SchemaErrorFormatter {
  return (errors, part) => invalidRequest(errors[0], part, hint);
}

type SchemaErrorFormatter = NonNullable<FastifyServerOptions["schemaErrorFormatter"]>;

/** JSON is the only type of body. An empty one is like none: some clients announce JSON with every POST. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, async (_request: unknown, body: string) =>
    body === "" ? undefined : parse(body),
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (thrown) {
    throw new HttpError({
      status: 400,
      code: "malformed_json",
      message: `The body is no JSON: ${(thrown as SyntaxError).message}`,
      hint: "send one JSON object, in UTF-8",
    });
  }
}

function invalidRequest(error: FastifySchemaValidationError | undefined, part: string, hint: string): HttpError {
  const unknown = error?.params["additionalProperty"];
  const because = error?.keyword === "additionalProperties" ? `has no field "${String(unknown)}"` : error?.message;
  return new HttpError({
    status: 400,
    code: "invalid_request",
    message: `${part}${error?.instancePath ?? ""} ${because ?? "is not valid"}`,
    hint,
  });
}
