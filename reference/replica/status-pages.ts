import { messageOf } from "../../core/mod.ts";
import type { Metrics, Page } from "../ports/mod.ts";

/** What the status pages show. */
export interface StatusPagesOptions {
  /** Whether the replica is healthy, and the facts that say why. A rejection counts as not healthy. */
  readonly health: () => Promise<Health>;
  readonly metrics: Pick<Metrics, "expose">;
}

/** The answer to a health probe. */
export interface Health {
  readonly healthy: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The pages of a replica that has no API, by their path: `/health` (200 or 503) and `/metrics`. Never rejects. */
export function statusPages(options: StatusPagesOptions): (path: string) => Promise<Page> {
  return async (path) => {
    try {
      return await pageAt(path, options);
    } catch (thrown) {
      return json(503, { healthy: false, because: messageOf(thrown) });
    }
  };
}

async function pageAt(path: string, { health, metrics }: StatusPagesOptions): Promise<Page> {
  if (path === "/health") {
    const { healthy, detail } = await health();
    return json(healthy ? 200 : 503, { healthy, ...detail });
  }
  if (path === "/metrics") {
    const body = await metrics.expose();
    return { status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", body };
  }
  return json(404, { error: { code: "unknown_route", message: "there are /health and /metrics" } });
}

function json(status: number, body: unknown): Page {
  return { status, contentType: "application/json; charset=utf-8", body: JSON.stringify(body) };
}
