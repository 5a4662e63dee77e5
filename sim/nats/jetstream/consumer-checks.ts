import { hasWildcard, isValidSubject, isWithin } from "../subjects.ts";
import { apiError, apiErrorSaying, notSimulated, type ApiError, type ApiErrorName } from "./api-error.ts";
import type { ConsumerConfig, DeliverPolicy } from "./consumer-config.ts";
import type { Fields } from "./go-json.ts";
import type { StreamConfig } from "./stream-config.ts";

const descriptionMax = 4_096;
const nanosInMs = 1_000_000;
const maxDouble = Number.MAX_SAFE_INTEGER;

/** What the request names and this engine does not do. */
export function unknownInConsumer(fields: Fields): ApiError | undefined {
  if (fields["deliver_subject"] || fields["deliver_group"]) return notSimulated("a push consumer");
  if (fields["replay_policy"] === "original") return notSimulated("the replay policy original");
  return undefined;
}

/** Why a server would not have such a consumer on such a stream. */
export function consumerProblem(config: ConsumerConfig, stream: StreamConfig): ApiError | undefined {
  return (
    replicaProblem(config, stream) ??
    shapeProblem(config) ??
    pullProblem(config, stream) ??
    filterProblem(config, stream) ??
    startProblem(config) ??
    sampleProblem(config) ??
    nameProblem(config)
  );
}

/** Why a consumer cannot be changed so. */
export function consumerUpdateProblem(before: ConsumerConfig, after: ConsumerConfig): ApiError | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  for (const [field, name] of fixedFields) {
    if (before[field] !== after[field]) return apiErrorSaying("consumerCreate", `${name} can not be updated`);
  }
  // The server compares where the two times are kept, not what they are.
  if (before.opt_start_time !== undefined) return apiErrorSaying("consumerCreate", "start time can not be updated");
  return undefined;
}

const fixedFields = [
  ["deliver_policy", "deliver policy"],
  ["opt_start_seq", "start sequence"],
  ["opt_start_time", "start time"],
  ["ack_policy", "ack policy"],
  ["replay_policy", "replay policy"],
  ["max_waiting", "max waiting"],
] as const;

function replicaProblem({ num_replicas: replicas }: ConsumerConfig, stream: StreamConfig): ApiError | undefined {
  if (replicas > 0 && replicas > stream.num_replicas) return apiError("replicasExceedStream");
  return replicas < 0 ? apiError("replicasNegative") : undefined;
}

function shapeProblem({ backoff = [], max_deliver = -1, description = "" }: ConsumerConfig): ApiError | undefined {
  if (backoff.length > 0 && max_deliver <= backoff.length) return apiError("maxDeliverWithBackoff");
  if (description.length <= descriptionMax) return undefined;
  return apiErrorSaying("descriptionTooLong", `consumer description is too long, maximum allowed is ${descriptionMax}`);
}

function pullProblem(config: ConsumerConfig, stream: StreamConfig): ApiError | undefined {
  if (config.ack_policy === "none" && stream.retention === "workqueue") return apiError("pullRequiresAck");
  const found = pullProblems.find(([, isSo]) => isSo(config));
  return found && apiError(found[0]);
}

const pullProblems: readonly (readonly [ApiErrorName, (config: ConsumerConfig) => boolean])[] = [
  ["pullWithRateLimit", ({ rate_limit_bps: limit = 0 }) => limit > 0],
  ["maxWaitingNegative", ({ max_waiting: max = 0 }) => max < 0],
  ["heartbeatRequiresPush", ({ idle_heartbeat: nanos = 0 }) => nanos > 0],
  ["flowControlRequiresPush", ({ flow_control: isControlled = false }) => isControlled],
  ["maxRequestBatchNegative", ({ max_batch: max = 0 }) => max < 0],
  ["maxRequestExpiresTooSmall", ({ max_expires: nanos = 0 }) => nanos !== 0 && nanos < nanosInMs],
  ["directRequiresPush", ({ direct: isDirect = false }) => isDirect],
];

function filterProblem({ filter_subject: filter }: ConsumerConfig, { subjects }: StreamConfig): ApiError | undefined {
  if (filter === undefined) return undefined;
  const isWide = hasWildcard(filter);
  const meets = (subject: string): boolean => isWithin(filter, subject) || (isWide && isWithin(subject, filter));
  return isValidSubject(filter) && subjects.some(meets) ? undefined : apiError("filterNotSubset");
}

function startProblem(config: ConsumerConfig): ApiError | undefined {
  const { deliver_policy: policy, opt_start_seq: sequence, opt_start_time: time, filter_subject: filter } = config;
  const wrong = (what: string): ApiError =>
    apiErrorSaying("invalidPolicy", `consumer delivery policy is deliver ${wordsOf[policy]}, but optional ${what}`);
  if (policy === "by_start_sequence" && sequence === undefined) return wrong("start sequence is not set");
  if (policy === "by_start_time" && time === undefined) return wrong("start time is not set");
  if (policy !== "by_start_sequence" && sequence !== undefined) {
    return wrong(policy === "by_start_time" ? "start start sequence is also set" : "start sequence is also set");
  }
  if (policy !== "by_start_time" && time !== undefined) return wrong("start time is also set");
  return policy === "last_per_subject" && filter === undefined ? wrong("filter subject is not set") : undefined;
}

const wordsOf: Record<DeliverPolicy, string> = {
  all: "all",
  last: "last",
  new: "new",
  by_start_sequence: "by start sequence",
  by_start_time: "by start time",
  last_per_subject: "last per subject",
};

function sampleProblem({ sample_freq: frequency }: ConsumerConfig): ApiError | undefined {
  if (frequency === undefined) return undefined;
  const digits = frequency.replace(/%$/, "");
  if (/^[+-]?\d+$/.test(digits) && Math.abs(Number(digits)) <= maxDouble) {
    // A negative number parses; the server's description then ends where the reason would stand.
    return Number(digits) >= 0 ? undefined : samplingError("%!s(<nil>)");
  }
  return samplingError(`strconv.Atoi: parsing ${JSON.stringify(digits)}: invalid syntax`);
}

function samplingError(reason: string): ApiError {
  return apiErrorSaying("invalidSampling", `failed to parse consumer sampling configuration: ${reason}`);
}

function nameProblem({ durable_name: durable, name }: ConsumerConfig): ApiError | undefined {
  if (durable === undefined || name === undefined || durable === name) return undefined;
  return apiError("durableAndNameDiffer");
}
