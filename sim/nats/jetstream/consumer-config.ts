import { momentOf, parseMoment } from "../moment.ts";
import type { Fields, FieldTypes } from "./go-json.ts";

/** From where in the stream a consumer begins. */
export type DeliverPolicy = "all" | "last" | "new" | "by_start_sequence" | "by_start_time" | "last_per_subject";

/** What has to be acknowledged. */
export type AckPolicy = "none" | "all" | "explicit";

/** How a consumer is, in the order in which the server tells it. Durations in nanoseconds. */
export interface ConsumerConfig {
  readonly durable_name?: string;
  readonly name?: string;
  readonly description?: string;
  readonly deliver_policy: DeliverPolicy;
  readonly opt_start_seq?: number;
  readonly opt_start_time?: string;
  readonly ack_policy: AckPolicy;
  readonly ack_wait?: number;
  readonly max_deliver?: number;
  readonly backoff?: readonly number[];
  readonly filter_subject?: string;
  readonly replay_policy: "instant" | "original";
  readonly rate_limit_bps?: number;
  readonly sample_freq?: string;
  readonly max_waiting?: number;
  readonly max_ack_pending?: number;
  readonly flow_control?: true;
  readonly headers_only?: true;
  readonly max_batch?: number;
  readonly max_expires?: number;
  readonly max_bytes?: number;
  readonly idle_heartbeat?: number;
  readonly inactive_threshold?: number;
  readonly num_replicas: number;
  readonly mem_storage?: true;
  readonly direct?: true;
}

/** What a request may say of a consumer, in the order in which the server tells it. */
export const consumerFields: FieldTypes = {
  durable_name: "text",
  name: "text",
  description: "text",
  deliver_policy: ["all", "last", "new", "by_start_sequence", "by_start_time", "last_per_subject", "undefined"],
  opt_start_seq: "uint",
  opt_start_time: "text",
  ack_policy: ["none", "all", "explicit"],
  ack_wait: "int",
  max_deliver: "int",
  backoff: "ints",
  filter_subject: "text",
  replay_policy: ["instant", "original"],
  rate_limit_bps: "uint",
  sample_freq: "text",
  max_waiting: "int",
  max_ack_pending: "int",
  flow_control: "flag",
  headers_only: "flag",
  max_batch: "int",
  max_expires: "int",
  max_bytes: "int",
  deliver_subject: "text",
  deliver_group: "text",
  idle_heartbeat: "int",
  inactive_threshold: "int",
  num_replicas: "int",
  mem_storage: "flag",
  direct: "flag",
};

const defaultMaxWaiting = 512;
const defaultAckWaitNanos = 30_000_000_000;
const defaultMaxAckPending = 1_000;

/** The configuration that a request means, with the server's defaults. */
export function consumerConfigOf(fields: Fields): ConsumerConfig {
  const asked = fields as Partial<ConsumerConfig>;
  const { ack_policy = "none", deliver_policy: policy } = asked;
  return inOrder({
    ...{ replay_policy: "instant", num_replicas: 0, ack_policy },
    ...withoutZeros({ ...numbers, ...(ack_policy === "none" ? {} : numbersWithAcks) }, asked),
    // The protocol has a word for no policy, and takes it as this one.
    deliver_policy: policy === undefined || policy === ("undefined" as string) ? "all" : policy,
    ...startOf(asked),
    ...firstBackoff(asked),
  });
}

const numbers = { max_waiting: defaultMaxWaiting, max_deliver: -1 };
const numbersWithAcks = { ack_wait: defaultAckWaitNanos, max_ack_pending: defaultMaxAckPending };

/** A number that is 0 is not set. */
function withoutZeros(defaults: Readonly<Record<string, number>>, asked: object): Record<string, unknown> {
  const set = Object.entries(asked).filter(([, value]) => value !== 0);
  return { ...defaults, ...Object.fromEntries(set) };
}

function startOf({ opt_start_time: time }: Partial<ConsumerConfig>): Partial<ConsumerConfig> {
  const startMs = time === undefined ? undefined : parseMoment(time);
  return startMs === undefined ? {} : { opt_start_time: momentOf(startMs) };
}

/** Waits of different length: the first one counts as the acknowledgement wait. */
function firstBackoff({ backoff = [] }: Partial<ConsumerConfig>): Partial<ConsumerConfig> {
  return backoff.length > 0 ? { ack_wait: backoff[0]! } : {};
}

/** The same, as the server tells it: in its order, and without what is not set. */
export function inOrder(config: Readonly<Record<string, unknown>>): ConsumerConfig {
  const entries = Object.keys(consumerFields).map((name) => [name, config[name]] as const);
  const told = entries.filter(([name, value]) => alwaysTold.has(name) || isSet(value));
  return Object.fromEntries(told) as unknown as ConsumerConfig;
}

const alwaysTold = new Set(["deliver_policy", "ack_policy", "replay_policy", "num_replicas"]);

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== 0 && value !== "" && value !== false;
}
