import type { FastifyInstance } from "fastify";

import type { GatewayContext } from "../gateway-context.ts";
import { jobSummary } from "../job-view.ts";
import { invalidQuery, readLimit } from "../paging.ts";
import type { Jobs } from "../../ports/mod.ts";

interface Page {
  readonly ids: readonly string[];
  readonly next: string | null;
}

/** How many of the newest jobs the store keeps in its list. */
const recentMax = 1_000;

/**
 * `GET /jobs?limit&cursor`: the newest jobs, newest first.
 *
 * The cursor names the last job of its page, so that jobs that arrive while a client turns the pages neither hide one
 * nor show one twice. A cursor that is no longer among the newest 1,000 is at the end of the list.
 */
export function listJobs(app: FastifyInstance, { env }: GatewayContext): void {
  app.get<{ Querystring: { limit?: string; cursor?: string } }>("/jobs", async ({ query }) => {
    const limit = readLimit(query.limit);
    const page = await pageOf(env.jobs, limit, query.cursor === undefined ? undefined : readCursor(query.cursor));
    const jobs = await Promise.all(page.ids.map((id) => env.jobs.read(id)));
    const items = jobs.filter((job) => job !== undefined).map(jobSummary);
    return { items, next_cursor: page.next };
  });
}

async function pageOf(jobs: Jobs, limit: number, after: string | undefined): Promise<Page> {
  const ids = await jobs.recent({ offset: 0, limit: after === undefined ? limit + 1 : recentMax });
  const start = after === undefined ? 0 : ids.indexOf(after) + 1;
  if (after !== undefined && start === 0) return { ids: [], next: null };
  const page = ids.slice(start, start + limit);
  const last = page.at(-1);
  const more = ids.length > start + limit;
  return { ids: page, next: more && last !== undefined ? writeCursor(last) : null };
}

function writeCursor(id: string): string {
  return Buffer.from(`after:${id}`).toString("base64url");
}

function readCursor(text: string): string {
  const cursor = Buffer.from(text, "base64url").toString();
  if (!cursor.startsWith("after:")) throw invalidQuery("cursor is not one that this API gave");
  return cursor.slice("after:".length);
}
