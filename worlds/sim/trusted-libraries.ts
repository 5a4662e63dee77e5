import type { TrustedLibrary } from "../../sim/mod.ts";

/**
 * What Fastify and the JetStream client are made of, as far as they run in a simulated replica.
 *
 * `avvio` loads plugins: it times them, with names that chance makes unique, and watches over each with a timer that
 * it takes away. `fastify` notes when a request begins and ends, for a log that is off. `@nats-io/nuid` makes up a
 * name that is only looked at and never sent.
 */
export const trustedLibraries: readonly TrustedLibrary[] = [
  { name: "avvio", mayCall: ["setTimeout", "Date.now", "Math.random"] },
  { name: "fastify", mayCall: ["performance.now"] },
  { name: "@nats-io/nuid", mayCall: ["crypto.getRandomValues", "Math.random"] },
];
