import type { FastifyInstance } from "fastify";

import { isEnded } from "../../domain/workflow/mod.ts";
import type { GatewayContext } from "../gateway-context.ts";
import { HttpError } from "../http-error.ts";
import { ownRun } from "../own-run.ts";
import { command } from "../run-commands.ts";

/** `POST /workflow-runs/:run/cancel`: 202 when it will be cancelled, 200 when it is, 409 when it ended otherwise. */
export function cancelRun(app: FastifyInstance, { env }: GatewayContext): void {
  app.post<{ Params: { run: string } }>("/workflow-runs/:run/cancel", async ({ params, client }, reply) => {
    const run = await ownRun(env, params.run, client.tenant);
    if (isEnded(run.state) && run.state !== "cancelled") throw alreadyEnded(run.id, run.state);
    if (run.state !== "cancelled") {
      await command(env, run, { command: "cancel" });
      reply.code(202);
    }
    return { run_id: run.id, state: run.state };
  });
}

function alreadyEnded(id: string, state: string): HttpError {
  return new HttpError({
    status: 409,
    code: "already_ended",
    message: `Run ${id} has ended as ${state}`,
    hint: "a run can be cancelled until it has ended",
  });
}
