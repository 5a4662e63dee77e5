import { EnvironmentError, readableMs, type Clock, type Random, type Witness } from "../core/mod.ts";
import { connectBus, type NatsBus } from "./adapters/nats/mod.ts";
import {
  connectRedis,
  degradingLimiter,
  localLimiter,
  lookupThenWrite,
  redisDeadLetters,
  redisIdempotency,
  redisJobs,
  redisLeases,
  redisLocks,
  redisRuns,
  redisRunTimers,
  redisWorkerSnapshots,
  redisWorkflows,
  sharedLimiter,
  unguardedLeases,
  unguardedLocks,
  type RedisClient,
} from "./adapters/redis/mod.ts";
import type { Config } from "./config/config.ts";
import type { Drivers } from "./drivers.ts";
import { outboxRelay, type OutboxRelay } from "./outbox/relay.ts";
import type { Intercept } from "./intercept.ts";
import type {
  Bus,
  Environment,
  Idempotency,
  Jobs,
  Leases,
  Limiter,
  Locks,
  Log,
  Metrics,
  Redis,
  Runs,
} from "./ports/mod.ts";
import type { SafeguardName } from "./safeguards.ts";
import { jobLockPrefix } from "./scheduler/with-job-lock.ts";
import { withoutDispatchIds } from "./without/dispatch-message-id.ts";
import { withoutFencedClaims } from "./without/fencing-epoch.ts";
import { withoutLocksOn } from "./without/locks-on.ts";
import { withoutOutbox } from "./without/outbox.ts";
import { withoutRunVersions } from "./without/run-version.ts";
import { withoutStepOutbox } from "./without/step-outbox.ts";
import { withoutClaims } from "./without/worker-claim.ts";
import { runLockPrefix } from "./workflow/with-run-lock.ts";

/** What every port of a replica is made with. */
export interface ReplicaParts extends Pick<Drivers, "dialRedis" | "dialNats" | "http"> {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly witness: Witness;
  readonly without: ReadonlySet<SafeguardName>;
  readonly intercept: Intercept;
}

/** How long Redis may be away at start. */
const redisWithinMs = 10_000;

/** A replica's connections, and the environment that its role sees of them. */
export interface Backends {
  readonly environment: Environment;
  /** Waits for what is on its way, and disconnects. */
  close(): Promise<void>;
}

/**
 * Connects to Redis and NATS and makes the ports. Here, and nowhere else, a safeguard is left out: another
 * implementation of its port takes its place.
 *
 * @throws EnvironmentError `redis_away`, `nats_away`, or what else keeps the bus from being used
 */
export async function connectBackends(parts: ReplicaParts): Promise<Backends> {
  const { config, log, metrics, clock, without, intercept } = parts;
  const redis = connectRedis(config, { ...parts, dial: parts.dialRedis });
  try {
    await redisAnswers(redis, parts);
    const unstarted = without.has("nak-on-stop") ? "acknowledge" : "hand-back";
    const nats = await connectBus(config, { dial: parts.dialNats, clock, log, metrics, unstarted });
    return backendsOf(parts, redis, intercept("redis", redis), nats);
  } catch (thrown) {
    await redis.close();
    throw thrown;
  }
}

/** @throws EnvironmentError `redis_away` */
async function redisAnswers(redis: RedisClient, { config, clock }: ReplicaParts): Promise<void> {
  const deadline = clock.now() + redisWithinMs;
  for (;;) {
    try {
      await redis.ping();
      return;
    } catch (thrown) {
      if (clock.now() > deadline) throw redisAway(config.redisUrl, thrown);
      await clock.sleep(100);
    }
  }
}

/** Without the credentials that the address may carry. */
function redisAway(url: string, cause: unknown): EnvironmentError {
  const where = URL.canParse(url) ? new URL(url).host : "the address in REDIS_URL";
  const within = readableMs(redisWithinMs);
  return new EnvironmentError("redis_away", `No Redis answers at ${where} within ${within}`, "check REDIS_URL", cause);
}

function backendsOf(parts: ReplicaParts, client: RedisClient, redis: Redis, nats: NatsBus): Backends {
  const { config, clock, random, log, metrics, witness, intercept } = parts;
  const bus = intercept("bus", busOf(parts, nats));
  const jobs = intercept("jobs", jobsOf(parts, redis));
  const letters = { redis, clock, ttlMs: config.dlqTtlMs, sizeMax: config.dlqMaxSize };
  const deadLetters = intercept("deadLetters", redisDeadLetters(letters));
  const relay: OutboxRelay = outboxRelay({ jobs, bus, deadLetters, metrics, log, clock });
  const environment: Environment = {
    ...{ instance: config.instance, clock, random, log, metrics, witness, bus, jobs, deadLetters },
    locks: intercept("locks", locksOf(parts, redis)),
    leases: intercept("leases", leasesOf(parts, redis)),
    outbox: intercept("outbox", relay),
    limiter: intercept("limiter", limiterOf(parts, redis)),
    idempotency: intercept("idempotency", idempotencyOf(parts, redis)),
    workerSnapshots: intercept("workerSnapshots", redisWorkerSnapshots({ redis })),
    workflows: intercept("workflows", redisWorkflows({ redis })),
    runs: intercept("runs", runsOf(parts, redis)),
    runTimers: intercept("runTimers", redisRunTimers({ redis })),
    store: client,
  };
  const close = async (): Promise<void> => {
    await relay.flush();
    await nats.close();
    await client.close();
  };
  return { environment, close };
}

function busOf({ without }: ReplicaParts, nats: NatsBus): Bus {
  return without.has("dispatch-message-id") ? withoutDispatchIds(nats) : nats;
}

function jobsOf(parts: ReplicaParts, redis: Redis): Jobs {
  const { config, without } = parts;
  let jobs = redisJobs({ ...parts, redis, instance: config.instance, metaTtlMs: config.jobMetaTtlMs });
  if (without.has("fencing-epoch")) jobs = withoutFencedClaims(jobs);
  if (without.has("worker-claim")) jobs = withoutClaims(jobs);
  if (without.has("outbox")) jobs = withoutOutbox(jobs);
  return jobs;
}

function locksOf(parts: ReplicaParts, redis: Redis): Locks {
  const { without } = parts;
  const holder = { ...parts, instance: parts.config.instance };
  const release = without.has("lock-token") ? "unconditional" : "by-token";
  let locks = redisLocks({ ...holder, redis }, { release, renew: !without.has("lock-renewal") });
  if (without.has("job-lock")) locks = withoutLocksOn(jobLockPrefix, locks, unguardedLocks(holder));
  if (without.has("run-lock")) locks = withoutLocksOn(runLockPrefix, locks, unguardedLocks(holder));
  return locks;
}

function runsOf(parts: ReplicaParts, redis: Redis): Runs {
  const { config, without } = parts;
  let runs = redisRuns({ ...parts, redis, metaTtlMs: config.jobMetaTtlMs });
  if (without.has("run-version")) runs = withoutRunVersions(runs);
  if (without.has("step-outbox")) runs = withoutStepOutbox(runs);
  return runs;
}

function leasesOf(parts: ReplicaParts, redis: Redis): Leases {
  const holder = { ...parts, instance: parts.config.instance };
  return parts.without.has("leader-lease") ? unguardedLeases(holder) : redisLeases({ ...holder, redis });
}

function limiterOf({ config, clock, log, without }: ReplicaParts, redis: Redis): Limiter {
  const local = localLimiter({ clock });
  if (without.has("shared-limiter") || !config.rateLimitShared) return local;
  const [replicas, timeoutMs] = [config.gatewayReplicas, config.rateLimitTimeoutMs];
  return degradingLimiter({ shared: sharedLimiter({ redis }), local, replicas, timeoutMs, clock, log });
}

function idempotencyOf({ config, clock, log, without }: ReplicaParts, redis: Redis): Idempotency {
  const ttlMs = config.idempotencyTtlMs;
  return without.has("idempotency-reservation")
    ? lookupThenWrite({ redis, ttlMs, clock, log })
    : redisIdempotency({ redis, ttlMs });
}
