import { collide, isValidSubject, isWithin } from "../subjects.ts";
import { apiError, apiErrorSaying, notSimulated, type ApiError } from "./api-error.ts";
import type { Fields, FieldTypes } from "./go-json.ts";

/** How a stream is, in the order in which the server tells it. Durations in nanoseconds; -1 is no limit. */
export interface StreamConfig {
  readonly name: string;
  readonly description?: string;
  readonly subjects: readonly string[];
  readonly retention: "limits" | "interest" | "workqueue";
  readonly max_consumers: number;
  readonly max_msgs: number;
  readonly max_bytes: number;
  readonly max_age: number;
  readonly max_msgs_per_subject: number;
  readonly max_msg_size: number;
  readonly discard: "old" | "new";
  readonly storage: "file" | "memory";
  readonly num_replicas: number;
  readonly no_ack?: true;
  readonly duplicate_window?: number;
  readonly allow_direct: boolean;
  readonly mirror_direct: boolean;
  readonly discard_new_per_subject?: true;
  readonly sealed: boolean;
  readonly deny_delete: boolean;
  readonly deny_purge: boolean;
  readonly allow_rollup_hdrs: boolean;
}

/** What a request may say of a stream, in the order in which the server tells it. */
export const streamFields: FieldTypes = {
  name: "text",
  description: "text",
  subjects: "texts",
  retention: ["limits", "interest", "workqueue"],
  max_consumers: "int",
  max_msgs: "int",
  max_bytes: "int",
  max_age: "int",
  max_msgs_per_subject: "int",
  max_msg_size: "int",
  discard: ["old", "new"],
  storage: ["file", "memory"],
  num_replicas: "int",
  no_ack: "flag",
  template_owner: "text",
  duplicate_window: "int",
  placement: "object",
  mirror: "object",
  sources: "objects",
  republish: "object",
  allow_direct: "flag",
  mirror_direct: "flag",
  discard_new_per_subject: "flag",
  sealed: "flag",
  deny_delete: "flag",
  deny_purge: "flag",
  allow_rollup_hdrs: "flag",
};

const defaultWindowNanos = 120_000_000_000;
const hundredMsInNanos = 100_000_000;
const descriptionMax = 4_096;
const nameMax = 255;
const serversMax = 5;
const notSimulatedFields = ["template_owner", "placement", "mirror", "sources", "republish", "allow_direct"];

/** What the request names and this engine does not do. */
export function unknownInStream(fields: Fields): ApiError | undefined {
  const name = notSimulatedFields.find((field) => Boolean(fields[field]));
  return name === undefined ? undefined : notSimulated(`${name} of a stream`);
}

/** The configuration that a request means, with the server's defaults. */
export function streamConfigOf(fields: Fields): StreamConfig {
  const asked = fields as Partial<StreamConfig>;
  const { name = "", subjects = [] } = asked;
  const settings: Record<string, unknown> = { ...defaults, ...asked, name };
  const limits = Object.fromEntries(limitNames.map((limit) => [limit, settings[limit] || -1]));
  const whole: Record<string, unknown> = {
    ...{ ...settings, ...limits, subjects: subjects.length > 0 ? subjects : [name] },
    ...{ num_replicas: asked.num_replicas || 1, duplicate_window: windowOf(asked) },
  };
  const entries = Object.keys(streamFields).map((field) => [field, whole[field]] as const);
  const told = entries.filter(([field, value]) => field in defaults || limitNames.includes(field) || Boolean(value));
  return Object.fromEntries(told) as unknown as StreamConfig;
}

const limitNames = ["max_consumers", "max_msgs", "max_bytes", "max_msgs_per_subject", "max_msg_size"];

/** What is always told, and what it is when nothing is said. */
const defaults = {
  retention: "limits",
  max_age: 0,
  discard: "old",
  storage: "file",
  num_replicas: 1,
  allow_direct: false,
  mirror_direct: false,
  sealed: false,
  deny_delete: false,
  deny_purge: false,
  allow_rollup_hdrs: false,
};

/** Why a server would not have such a stream. */
export function streamProblem(config: StreamConfig): ApiError | undefined {
  if (config.num_replicas < 0) return apiError("replicasNegative");
  const problem = nameProblem(config) ?? limitProblem(config) ?? subjectProblem(config.subjects);
  return problem === undefined ? undefined : apiErrorSaying("streamInvalid", problem);
}

/** Why a stream cannot be changed so. */
export function streamUpdateProblem(before: StreamConfig, after: StreamConfig): ApiError | undefined {
  const because = (problem: string): ApiError =>
    apiErrorSaying("streamInvalid", `stream configuration update can not ${problem}`);
  if (after.max_consumers !== before.max_consumers) return because("change MaxConsumers");
  if (after.storage !== before.storage) return because("change storage type");
  if (after.retention !== before.retention) return because("change retention policy");
  if (before.sealed && !after.sealed) return because("unseal a sealed stream");
  if (before.deny_delete && !after.deny_delete) return because("cancel deny message deletes");
  if (before.deny_purge && !after.deny_purge) return because("cancel deny purge");
  return undefined;
}

/** A sealed stream forgets nothing, and takes nothing. */
export function sealedConfig(config: StreamConfig): StreamConfig {
  const closed = { max_age: 0, discard: "new", deny_delete: true, deny_purge: true, allow_rollup_hdrs: false } as const;
  return config.sealed ? { ...config, ...closed } : config;
}

/** Whether creating a stream again is asking for what is there. */
export function sameConfig(one: StreamConfig, other: StreamConfig): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function windowOf({ duplicate_window: window = 0, max_age: maxAge = 0 }: Partial<StreamConfig>): number {
  if (window !== 0) return window;
  return maxAge !== 0 && maxAge < defaultWindowNanos ? maxAge : defaultWindowNanos;
}

function nameProblem({ name, description = "", num_replicas: replicas }: StreamConfig): string | undefined {
  if (name === "" || /[ \t\r\n\f.*>]/.test(name)) return "stream name is required and can not contain '.', '*', '>'";
  if (name.length > nameMax) return `stream name is too long, maximum allowed is ${nameMax}`;
  if (description.length > descriptionMax) {
    return `stream description is too long, maximum allowed is ${descriptionMax}`;
  }
  return replicas > serversMax ? `maximum replicas is ${serversMax}` : undefined;
}

function limitProblem(config: StreamConfig): string | undefined {
  const { max_age: maxAge, duplicate_window: window = 0 } = config;
  if (maxAge > 0 && maxAge < hundredMsInNanos) return "max age needs to be >= 100ms";
  if (window < 0) return "duplicates window can not be negative";
  if (maxAge !== 0 && window > maxAge) return "duplicates window can not be larger then max age";
  if (window > 0 && window < hundredMsInNanos) return "duplicates window needs to be >= 100ms";
  return combinationProblem(config);
}

function combinationProblem(config: StreamConfig): string | undefined {
  if (config.deny_purge && config.allow_rollup_hdrs) return "roll-ups require the purge permission";
  if (!config.discard_new_per_subject) return undefined;
  if (config.discard !== "new") return "discard new per subject requires discard new policy to be set";
  return config.max_msgs_per_subject <= 0 ? "discard new per subject requires max msgs per subject > 0" : undefined;
}

function subjectProblem(subjects: readonly string[]): string | undefined {
  for (const [index, subject] of subjects.entries()) {
    if (subjects.indexOf(subject) < index) return "duplicate subjects detected";
    if (isWithin(subject, "$JS.API.>")) return "subjects overlap with jetstream api";
    if (!isValidSubject(subject)) return "invalid subject";
  }
  for (const subject of subjects) {
    const other = subjects.find((one) => one !== subject && collide(one, subject));
    if (other !== undefined) return `subject ${JSON.stringify(subject)} overlaps with ${JSON.stringify(other)}`;
  }
  return undefined;
}
