import type { Run } from "../domain/workflow/mod.ts";
import type { Environment } from "../ports/mod.ts";
import { HttpError } from "./http-error.ts";

/**
 * A run, for the tenant that it belongs to.
 *
 * @throws HttpError `unknown_run`, also when it is another tenant's: that it exists is nobody else's business
 */
export async function ownRun({ runs }: Pick<Environment, "runs">, id: string, tenant: string): Promise<Run> {
  const stored = await runs.read(id);
  if (stored?.run.tenant === tenant) return stored.run;
  throw new HttpError({
    status: 404,
    code: "unknown_run",
    message: `There is no run "${id}"`,
    hint: "ids come from POST /api/v1/workflows/:id/runs",
  });
}
