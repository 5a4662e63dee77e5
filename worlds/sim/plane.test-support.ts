import type { Cluster, HistoryEvent, HttpClient, HttpResult } from "../../core/mod.ts";
import { Kernel } from "../../sim/mod.ts";
import { quietConditions, type SimConditions } from "./conditions.ts";
import { bootSimWorld, type SimWorld } from "./sim-world.ts";
import { trustedLibraries } from "./trusted-libraries.ts";
import { MemoryHistory } from "./witness/memory-history.ts";

/** A simulated plane, as a test has it. */
export interface PlaneOnTrial {
  readonly world: SimWorld;
  readonly events: readonly HistoryEvent[];
  /** Lets so much virtual time pass. */
  pass(ms: number): Promise<void>;
  /** Asks a replica for its health. */
  health(id: string): Promise<HttpResult>;
  /** Submits a job through the first gateway. */
  submit(): Promise<HttpResult>;
  /** What became of a job, by the word of the first gateway. */
  stateOf(job: string): Promise<unknown>;
}

const key = "a-key";
const headers = { "x-api-key": key, "content-type": "application/json" };

/** Boots a whole plane in virtual time, lets a test use it, and takes it down. */
export function onPlane<Value>(
  cluster: Cluster,
  use: (plane: PlaneOnTrial) => Promise<Value>,
  { seed = "1", ...conditions }: Partial<SimConditions> & { seed?: string } = {},
): Promise<Value> {
  const kernel = new Kernel({ seed, eventsMax: 1_000_000, trusted: trustedLibraries });
  const history = new MemoryHistory(kernel);
  return kernel.run(async () => {
    await using world = await bootSimWorld({
      ...{ kernel, history, cluster, without: [] },
      conditions: { ...quietConditions, ...conditions },
      variables: { CORDUM_API_KEYS: `${key}:load:1000` },
      signal: new AbortController().signal,
    });
    const clientOf = (id: string): HttpClient =>
      world.openHttp!(`http://${id}`, { clock: kernel.clock, connectionsMax: 4 });
    const api = clientOf("gateway-1");
    // Awaited, so that the plane is not taken down under the test.
    return await use({
      world,
      events: history.events,
      pass: (ms) => kernel.clock.sleep(ms),
      health: (id) => clientOf(id).request({ method: "GET", path: "/health", timeoutMs: 1_000 }),
      submit: () => api.request({ method: "POST", path: "/api/v1/jobs", headers, body: "{}", timeoutMs: 5_000 }),
      async stateOf(job) {
        const answer = await api.request({ method: "GET", path: `/api/v1/jobs/${job}`, headers, timeoutMs: 5_000 });
        return answer.answered ? (answer.body as { state?: unknown }).state : undefined;
      },
    });
  });
}
