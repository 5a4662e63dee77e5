import busSubmits from "./bus-submits.ts";
import canary from "./canary.ts";
import crashAfterPublish from "./crash-after-publish.ts";
import crashBeforePublish from "./crash-before-publish.ts";
import distributedRateLimit from "./distributed-rate-limit.ts";
import engineCrashAfterDelivery from "./engine-crash-after-delivery.ts";
import engineCrashBeforeDelivery from "./engine-crash-before-delivery.ts";
import gatewayLosesNats from "./gateway-loses-nats.ts";
import idempotentResend from "./idempotent-resend.ts";
import lateWorkers from "./late-workers.ts";
import lockHolderDies from "./lock-holder-dies.ts";
import lostSubmitReply from "./lost-submit-reply.ts";
import natsLeaderLoss from "./nats-leader-loss.ts";
import natsRestart from "./nats-restart.ts";
import noDuplicateDispatch from "./no-duplicate-dispatch.ts";
import pausedWorker from "./paused-worker.ts";
import rateLimitWithoutRedis from "./rate-limit-without-redis.ts";
import redisFailover from "./redis-failover.ts";
import redisRestart from "./redis-restart.ts";
import type { ScenarioAt } from "./scenario.ts";
import schedulerFailover from "./scheduler-failover.ts";
import schedulerLosesRedis from "./scheduler-loses-redis.ts";
import slowEngine from "./slow-engine.ts";
import slowRedis from "./slow-redis.ts";
import slowScheduler from "./slow-scheduler.ts";
import steadyWork from "./steady-work.ts";
import steadyLoad from "./steady-load.ts";
import stopUnderLoad from "./stop-under-load.ts";
import twoPrimaries from "./two-primaries.ts";
import twoReplicaHealth from "./two-replica-health.ts";
import wokenEngine from "./woken-engine.ts";
import wokenLockHolder from "./woken-lock-holder.ts";
import workerSnapshotConsistency from "./worker-snapshot-consistency.ts";
import workflowFailover from "./workflow-failover.ts";

/** Every scenario by name. */
export const scenarios: Readonly<Record<string, ScenarioAt>> = {
  "two-replica-health": twoReplicaHealth,
  "no-duplicate-dispatch": noDuplicateDispatch,
  "distributed-rate-limit": distributedRateLimit,
  "worker-snapshot-consistency": workerSnapshotConsistency,
  "scheduler-failover": schedulerFailover,
  "crash-before-publish": crashBeforePublish,
  "crash-after-publish": crashAfterPublish,
  "idempotent-resend": idempotentResend,
  "late-workers": lateWorkers,
  "lock-holder-dies": lockHolderDies,
  "paused-worker": pausedWorker,
  "slow-scheduler": slowScheduler,
  "steady-work": steadyWork,
  "stop-under-load": stopUnderLoad,
  "woken-lock-holder": wokenLockHolder,
  "workflow-failover": workflowFailover,
  "engine-crash-before-delivery": engineCrashBeforeDelivery,
  "engine-crash-after-delivery": engineCrashAfterDelivery,
  "slow-engine": slowEngine,
  "woken-engine": wokenEngine,
  "steady-load": steadyLoad,
  "bus-submits": busSubmits,
  "scheduler-loses-redis": schedulerLosesRedis,
  "gateway-loses-nats": gatewayLosesNats,
  "slow-redis": slowRedis,
  "lost-submit-reply": lostSubmitReply,
  "rate-limit-without-redis": rateLimitWithoutRedis,
  "nats-leader-loss": natsLeaderLoss,
  "nats-restart": natsRestart,
  "redis-restart": redisRestart,
  "redis-failover": redisFailover,
  "two-primaries": twoPrimaries,
  canary,
};

/** Several scenarios under one name. */
export interface Suite {
  readonly title: string;
  readonly scenarios: readonly string[];
}

/** Every suite by name. */
export const suites: Readonly<Record<string, Suite>> = {
  "gate-19": {
    title: "The five scenarios of the seed system's HA gate, judged by witnesses.",
    scenarios: [
      "two-replica-health",
      "no-duplicate-dispatch",
      "distributed-rate-limit",
      "worker-snapshot-consistency",
      "scheduler-failover",
    ],
  },
  safeguards: {
    title: "The scenarios that a single missing safeguard turns red.",
    scenarios: [
      "crash-before-publish",
      "crash-after-publish",
      "idempotent-resend",
      "late-workers",
      "paused-worker",
      "slow-scheduler",
      "stop-under-load",
      "woken-lock-holder",
    ],
  },
  workflows: {
    title:
      "Workflows over engines that die, sleep and dawdle: each step takes effect once, in order, and every run ends.",
    scenarios: [
      "workflow-failover",
      "engine-crash-before-delivery",
      "engine-crash-after-delivery",
      "slow-engine",
      "woken-engine",
    ],
  },
  network: {
    title:
      "Links that are cut, slow, or lose replies: real connections through a real proxy, to Redis, NATS and clients.",
    scenarios: [
      "scheduler-loses-redis",
      "gateway-loses-nats",
      "slow-redis",
      "lost-submit-reply",
      "rate-limit-without-redis",
    ],
  },
  servers: {
    title: "Redis and NATS themselves fail: restarts, elections, failovers that lose writes. Only with --world sim.",
    scenarios: ["nats-leader-loss", "nats-restart", "redis-restart", "redis-failover", "two-primaries"],
  },
  engines: {
    title: "For --engine: a load that every engine can send, and one over the bus that only k6 can.",
    scenarios: ["steady-load", "bus-submits"],
  },
  tunings: {
    title: "Scenarios that show what a tuning is worth: for `compare` and `gate`.",
    scenarios: ["steady-work", "lock-holder-dies"],
  },
};
