import type { Clock, Witness } from "../core/mod.ts";
import type { HttpResult } from "./http-client.ts";
import { openReaders, type Endpoint } from "./readers.ts";

/** Who looks, and how long an answer may take. */
export interface ProbeOptions {
  readonly clock: Clock;
  readonly witness: Witness;
  readonly signal?: AbortSignal;
  /** A server that takes longer is not seen this time. @defaultValue 1,000 */
  readonly timeoutMs?: number;
}

const probeTimeoutMs = 1_000;

/**
 * Asks each gateway which workers there are, and writes its answer down.
 *
 * @returns the gateways that could not tell. There is no event for those: they have said nothing.
 */
export async function readWorkers(
  gateways: readonly Endpoint[],
  options: ProbeOptions & { readonly apiKey: string },
): Promise<string[]> {
  const { witness, timeoutMs = probeTimeoutMs } = options;
  await using readers = openReaders(gateways, { ...options, timeoutMs });
  const silent: string[] = [];
  await Promise.all(
    readers.each.map(async (reader) => {
      const workers = workersIn(await reader.get("/api/v1/workers"));
      if (workers) witness.record({ kind: "workers-read", via: reader.id, workers });
      else silent.push(reader.id);
    }),
  );
  return silent;
}

/** Asks each replica for its health, and writes the answer down; no answer is an answer too. */
export async function readHealth(replicas: readonly Endpoint[], options: ProbeOptions): Promise<void> {
  const { witness, timeoutMs = probeTimeoutMs } = options;
  await using readers = openReaders(replicas, { ...options, timeoutMs });
  await Promise.all(
    readers.each.map(async (reader) => {
      const health = healthIn(await reader.get("/health"));
      witness.record({ kind: "health-read", replica: reader.id, ...health });
    }),
  );
}

function workersIn(result: HttpResult): string[] | undefined {
  if (!result.answered || result.status !== 200) return undefined;
  const items = (result.body as { items?: unknown } | null)?.items;
  if (!Array.isArray(items)) return undefined;
  const ids = items.map((item: { worker_id?: unknown } | null) => item?.worker_id);
  return ids.filter((id) => typeof id === "string").toSorted();
}

function healthIn(result: HttpResult): { healthy: boolean; detail?: string } {
  if (!result.answered) return { healthy: false, detail: result.because };
  return result.status === 200 ? { healthy: true } : { healthy: false, detail: `HTTP ${result.status}` };
}
