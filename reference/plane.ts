import { hostname } from "node:os";

import { blindWitness, type Clock, type Role, type Witness } from "../core/mod.ts";
import type { Config } from "./config/config.ts";
import type { Drivers } from "./drivers.ts";
import { connectBackends, type Backends, type ReplicaParts } from "./environment.ts";
import { startGateway } from "./gateway/gateway.ts";
import type { Intercept } from "./intercept.ts";
import { probe } from "./replica/probe.ts";
import { statusPages } from "./replica/status-pages.ts";
import type { Running } from "./running.ts";
import type { SafeguardName } from "./safeguards.ts";
import { replayer } from "./scheduler/replayer.ts";
import { schedulerParts, startScheduler } from "./scheduler/scheduler.ts";
import { systemDrivers } from "./system-drivers.ts";
import { withFreshChildIds } from "./without/deterministic-child-ids.ts";
import { unfencedWorker } from "./without/fencing-epoch.ts";
import type { Work } from "./worker/work.ts";
import { startWorker } from "./worker/worker.ts";
import { startWorkflowEngine, type EngineOptions } from "./workflow/engine.ts";

/** What one replica is started with. */
export interface ReplicaOptions {
  readonly role: Role;
  readonly config: Config;
  readonly clock: Clock;
  /** Safeguards to leave out. @defaultValue none */
  readonly without?: ReadonlySet<SafeguardName>;
  /** @defaultValue one that sees nothing */
  readonly witness?: Witness;
  /** What a worker does with its jobs. @defaultValue nothing: every job succeeds at once */
  readonly work?: Work;
  readonly intercept?: Intercept;
  /** What it reaches the outside with. @defaultValue real clients on real sockets */
  readonly drivers?: Drivers;
}

/**
 * Starts one replica: connects it to Redis and NATS, and runs its role until it is stopped.
 *
 * @throws EnvironmentError when Redis or NATS is away, NATS lacks JetStream, or the HTTP port is taken.
 */
export async function startReplica(options: ReplicaOptions): Promise<Running> {
  const parts = partsOf(options, options.drivers ?? systemDrivers());
  const backends = await connectBackends(parts);
  try {
    const role = await startRole(options, parts, backends);
    return {
      url: role.url,
      stop: () =>
        inOrder(
          () => role.stop(),
          () => backends.close(),
        ),
    };
  } catch (thrown) {
    await backends.close();
    throw thrown;
  }
}

function partsOf(options: ReplicaOptions, drivers: Drivers): ReplicaParts {
  const instance = options.config.instance || hostname();
  return {
    ...drivers,
    config: { ...options.config, instance },
    clock: options.clock,
    log: drivers.log(instance, options.config.logLevel),
    metrics: drivers.metrics(instance),
    without: options.without ?? new Set(),
    witness: options.witness ?? blindWitness,
    intercept: options.intercept ?? ((_name, port) => port),
  };
}

function startRole({ role, work }: ReplicaOptions, parts: ReplicaParts, backends: Backends): Promise<Running> {
  switch (role) {
    case "gateway":
      return startGateway(backends.environment, parts.config, parts.http);
    case "scheduler":
      return withStatusPages(parts, backends, startScheduler(backends.environment, parts.config, leads(parts)));
    case "workflow":
      return withStatusPages(parts, backends, startWorkflowEngine(backends.environment, parts.config, childIds(parts)));
    case "worker":
      return withStatusPages(
        parts,
        backends,
        startWorker(backends.environment, parts.config, work ?? noWork, fence(parts)),
      );
  }
}

function leads({ without }: ReplicaParts): typeof schedulerParts {
  return without.has("replayer") ? schedulerParts.filter((part) => part !== replayer) : schedulerParts;
}

function fence({ without }: ReplicaParts): Parameters<typeof startWorker>[3] {
  return without.has("fencing-epoch") ? unfencedWorker : {};
}

function childIds({ random, without }: ReplicaParts): EngineOptions {
  return without.has("deterministic-child-ids") ? withFreshChildIds(random) : {};
}

const noWork: Work = () => Promise.resolve(null);

/** Health and metrics for a role that has no API. They go away last, so that a shutdown can be watched. */
async function withStatusPages(
  { config, metrics, http }: ReplicaParts,
  { environment }: Backends,
  starting: Promise<{ stop(): Promise<void> }>,
): Promise<Running> {
  const role = await starting;
  try {
    const pages = statusPages({
      metrics,
      async health() {
        const { healthy, detail } = await probe(environment);
        return { healthy, detail: { instance: config.instance, ...detail } };
      },
    });
    const served = await http.servePages(pages, { host: config.httpHost, port: config.httpPort });
    return {
      url: served.url,
      stop: () =>
        inOrder(
          () => role.stop(),
          () => served.close(),
        ),
    };
  } catch (thrown) {
    await role.stop();
    throw thrown;
  }
}

/** The second is done whatever becomes of the first. */
async function inOrder(first: () => Promise<void>, second: () => Promise<void>): Promise<void> {
  try {
    await first();
  } finally {
    await second();
  }
}
