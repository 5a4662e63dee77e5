import type { FastifyInstance, FastifySchemaCompiler } from "fastify";

/** What the first gateway of this process checks requests with. It keeps what it has compiled, by schema. */
let compiler: FastifySchemaCompiler<unknown> | undefined;

/**
 * Lets all gateways of one process share what their schemas are compiled to. Compiling takes 20 ms, which is most of a
 * gateway's start, and a simulation starts thousands. The validators are pure functions.
 */
export function shareValidators(app: FastifyInstance): void {
  if (compiler) app.setValidatorCompiler(compiler);
  app.addHook("onReady", (done) => {
    compiler ??= app.validatorCompiler;
    done();
  });
}
