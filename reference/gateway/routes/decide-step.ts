import type { FastifyInstance, FastifyRequest } from "fastify";

import { openApprovals, type Run } from "../../domain/workflow/mod.ts";
import type { GatewayContext } from "../gateway-context.ts";
import { HttpError } from "../http-error.ts";
import { ownRun } from "../own-run.ts";
import { command } from "../run-commands.ts";

interface OfStep {
  Params: { run: string; step: string };
}

/**
 * `POST /workflow-runs/:run/steps/:step/approve` and `/reject`: 202 when the decision is on its way to an engine, 409
 * when the step does not wait for one. Of two decisions on one step, the engine takes the first.
 */
export function decideStep(app: FastifyInstance, { env }: GatewayContext): void {
  const decide = async ({ params, client }: FastifyRequest<OfStep>, wish: "approve" | "reject"): Promise<object> => {
    const run = await ownRun(env, params.run, client.tenant);
    assertWaits(run, params.step);
    await command(env, run, { command: wish, step: params.step });
    return { run_id: run.id, step: params.step, decision: wish };
  };
  for (const wish of ["approve", "reject"] as const) {
    app.post<OfStep>(`/workflow-runs/:run/steps/:step/${wish}`, async (request, reply) => {
      reply.code(202);
      return decide(request, wish);
    });
  }
}

function assertWaits(run: Run, step: string): void {
  const state = Object.hasOwn(run.steps, step) ? run.steps[step]?.state : undefined;
  if (state === undefined) {
    const [message, hint] = [`Run ${run.id} has no step "${step}"`, `it has ${Object.keys(run.steps).join(", ")}`];
    throw new HttpError({ status: 404, code: "unknown_step", message, hint });
  }
  if (openApprovals(run).includes(step)) return;
  throw new HttpError({
    status: 409,
    code: "not_waiting",
    message: `The step "${step}" of run ${run.id} is ${state}, and does not wait for a decision`,
    hint: "GET /api/v1/approvals lists the steps that do",
  });
}
