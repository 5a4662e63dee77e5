import { UsageError, type Clock } from "../../core/mod.ts";
import type { Config } from "../config/config.ts";
import { isTopic } from "../domain/subjects.ts";
import type { Environment, HttpHost, Served } from "../ports/mod.ts";
import type { Running } from "../running.ts";
import { gatewayApp } from "./app.ts";
import { deliveries } from "./deliveries.ts";
import type { GatewayContext } from "./gateway-context.ts";

/**
 * Starts a gateway: the REST API, `/health` and `/metrics` on HTTP_HOST and HTTP_PORT.
 *
 * Its `stop` takes no new connection, lets requests finish, and then the handing over of what they stored, all
 * within SHUTDOWN_TIMEOUT. What is not handed over by then is in the outbox.
 *
 * @throws EnvironmentError `port_in_use`; UsageError for CORDUM_API_KEYS or CORDUM_TOPICS that cannot be read
 */
export async function startGateway(env: Environment, config: Config, http: HttpHost): Promise<Running> {
  assertTopics(config.topics);
  const shutdown = new AbortController();
  const gateway: GatewayContext = {
    ...{ env, config, deliveries: deliveries(env.metrics) },
    ...{ startedAt: env.clock.now(), stopping: shutdown.signal },
  };
  const served = await http.serveApp(gatewayApp(gateway), { host: config.httpHost, port: config.httpPort });
  const { url } = served;
  env.log.info("gateway listens", { url });
  let stopped: Promise<void> | undefined;
  return {
    url,
    stop: () => {
      shutdown.abort();
      return (stopped ??= stop(served, gateway));
    },
  };
}

function assertTopics(topics: readonly string[]): void {
  const wrong = topics.find((topic) => !isTopic(topic));
  if (wrong === undefined) return;
  throw new UsageError(`Cannot use the topic "${wrong}"`, "topics in CORDUM_TOPICS are written like job.default");
}

/** The share of the shutdown budget that requests get; the rest is for the deliveries that they started. */
const drainShare = 0.7;

async function stop(served: Served, { env, config, deliveries: inFlight }: GatewayContext): Promise<void> {
  const drainMs = config.shutdownTimeoutMs * drainShare;
  const closed = served.close();
  if (!(await settlesWithin(closed, drainMs, env.clock))) {
    env.log.warn("requests cut off at shutdown", { afterMs: drainMs });
    served.cutOff();
    await closed;
  }
  if (!(await settlesWithin(inFlight.flush(), config.shutdownTimeoutMs - drainMs, env.clock))) {
    env.log.warn("outbox deliveries left to the sweep at shutdown");
  }
}

async function settlesWithin(work: Promise<unknown>, limitMs: number, clock: Clock): Promise<boolean> {
  const over = new AbortController();
  let settled = false;
  const watched = work.then(() => (settled = true)).finally(() => over.abort());
  await Promise.race([watched, clock.sleep(limitMs, over.signal)]);
  return settled;
}
