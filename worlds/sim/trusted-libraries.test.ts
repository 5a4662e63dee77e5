import { nuid } from "@nats-io/nats-core/internal";
import Fastify, { type FastifyRequest } from "fastify";
import { expect, test } from "vitest";

import { systemClock } from "../../core/mod.ts";
import { Kernel, type TrustedLibrary } from "../../sim/mod.ts";
import { inject } from "./http/raw-exchange.ts";
import { trustedLibraries } from "./trusted-libraries.ts";

/** Makes an app in a realm, sends it requests, closes it, and tells what it answered and the hash of it all. */
async function serve(trusted: readonly TrustedLibrary[], waits = 0): Promise<{ answers: string[]; hash: string }> {
  const kernel = new Kernel({ seed: "1", trusted });
  const answers: string[] = [];
  await kernel.run(async () => {
    const realm = kernel.realm("gateway-1");
    const done = Promise.withResolvers<void>();
    // Real time that is spent outside must not show inside.
    await kernel.outside(systemClock().sleep(waits));
    kernel.clock.every(0.001, () => undefined);
    kernel.enter(realm, "serve", () => {
      void (async () => {
        // It begins anew, with chance of its own, when its number is used up.
        nuid.reset();
        const app = Fastify({ logger: false });
        const answer = async ({ body }: FastifyRequest): Promise<unknown> => {
          await realm.clock.sleep(5);
          return { got: body, at: realm.clock.now() };
        };
        app.post("/jobs", answer);
        await kernel.outside(Promise.resolve(app.ready()));
        for (let number = 0; number < 3; number++) {
          const headers = { "content-type": "application/json" };
          const response = await inject(app, { method: "POST", path: "/jobs", headers, body: `{"number":${number}}` });
          answers.push(`${response.body} at ${realm.clock.now()}`);
        }
        await app.close();
        done.resolve();
      })();
    });
    await done.promise;
  });
  return { answers, hash: kernel.trace.hash() };
}

test("Fastify serves in a realm, takes no virtual time of its own, and does the same each time", async () => {
  const [one, other] = [await serve(trustedLibraries), await serve(trustedLibraries, 30)];
  expect(one.answers).toEqual([5, 10, 15].map((at, number) => `{"got":{"number":${number}},"at":${at}} at ${at}`));
  expect(other).toEqual(one);
});

test.each(["avvio", "@nats-io/nuid"])("without trust in %s it is stopped by the fence", async (name) => {
  const run = serve(trustedLibraries.filter((library) => library.name !== name));
  await expect(run).rejects.toMatchObject({ code: "simulation_fence" });
});
