import type { Clock, HealthReadEvent, HttpResult, OpenHttp, Witness } from "../core/mod.ts";
import { openReaders, type Endpoint } from "./readers.ts";

/** Who looks, and how long an answer may take. */
export interface ProbeOptions {
  readonly clock: Clock;
  readonly witness: Witness;
  readonly signal?: AbortSignal;
  /** How servers are reached. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp | undefined;
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

type Health = Omit<HealthReadEvent, "kind" | "at" | "who" | "replica">;

function healthIn(result: HttpResult): Health {
  if (!result.answered) return { healthy: false, detail: result.because };
  const servers = serversIn(result.body);
  if (result.status === 200) return { healthy: true, ...servers };
  return { healthy: false, detail: `HTTP ${result.status}`, ...servers };
}

interface HealthBody {
  readonly redis?: { readonly ok?: unknown; readonly ping_ms?: unknown };
  readonly nats?: { readonly connected?: unknown };
}

/** What a replica says of its servers, if it does. */
function serversIn(body: unknown): Pick<Health, "without" | "redisPingMs"> {
  const { redis, nats } = (body ?? {}) as HealthBody;
  if (typeof redis?.ok !== "boolean" || typeof nats?.connected !== "boolean") return {};
  const without = [...(redis.ok ? [] : ["redis"]), ...(nats.connected ? [] : ["nats"])];
  return typeof redis.ping_ms === "number" ? { without, redisPingMs: redis.ping_ms } : { without };
}
