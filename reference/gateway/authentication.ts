import type { FastifyInstance } from "fastify";

import type { ApiKeys, Client } from "./api-keys.ts";
import { sendError } from "./http-error.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set by {@link authenticate} on every route of the API. */
    client: Client;
  }

  interface FastifyContextConfig {
    /** The route also answers who sends no key at all. */
    readonly keyless?: boolean;
  }
}

/** Whoever sends no key: they share the gateway's common limit, under a name that no tenant can have. */
const stranger: Client = { tenant: "~keyless", limitPerSecond: undefined };

/**
 * Lets only requests with an accepted `X-API-Key` pass, before anything else is done for them; and those without any
 * where the route does not ask for one.
 */
export function authenticate(app: FastifyInstance, keys: ApiKeys): void {
  app.addHook("onRequest", (request, reply, done) => {
    const key = request.headers["x-api-key"];
    const keyless = key === undefined && request.routeOptions.config.keyless === true;
    const client = typeof key === "string" ? keys.find(key) : keyless ? stranger : undefined;
    if (client) {
      request.client = client;
      return done();
    }
    sendError(reply, key === undefined ? missingKey : wrongKey);
  });
}

const missingKey = {
  status: 401,
  code: "missing_api_key",
  message: "The request has no API key",
  hint: "send it in the header X-API-Key",
};

const wrongKey = {
  status: 401,
  code: "wrong_api_key",
  message: "The API key is not accepted",
  hint: "accepted keys are listed in CORDUM_API_KEYS",
};
