import crashAfterPublish from "./crash-after-publish.ts";
import crashBeforePublish from "./crash-before-publish.ts";
import distributedRateLimit from "./distributed-rate-limit.ts";
import idempotentResend from "./idempotent-resend.ts";
import lateWorkers from "./late-workers.ts";
import noDuplicateDispatch from "./no-duplicate-dispatch.ts";
import pausedWorker from "./paused-worker.ts";
import type { ScenarioAt } from "./scenario.ts";
import schedulerFailover from "./scheduler-failover.ts";
import slowScheduler from "./slow-scheduler.ts";
import stopUnderLoad from "./stop-under-load.ts";
import twoReplicaHealth from "./two-replica-health.ts";
import wokenLockHolder from "./woken-lock-holder.ts";
import workerSnapshotConsistency from "./worker-snapshot-consistency.ts";

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
  "paused-worker": pausedWorker,
  "slow-scheduler": slowScheduler,
  "stop-under-load": stopUnderLoad,
  "woken-lock-holder": wokenLockHolder,
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
};
