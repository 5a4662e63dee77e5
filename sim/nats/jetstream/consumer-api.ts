import { momentOf } from "../moment.ts";
import { isWithin } from "../subjects.ts";
import { apiError, apiErrorSaying, notSimulated, type ApiError } from "./api-error.ts";
import type { ApiRequest, ApiResponse } from "./api-request.ts";
import { consumerProblem, consumerUpdateProblem, unknownInConsumer } from "./consumer-checks.ts";
import { consumerConfigOf, consumerFields, type ConsumerConfig } from "./consumer-config.ts";
import type { Consumer } from "./consumer.ts";
import { fieldsOf, readJson, type Fields, type FieldTypes } from "./go-json.ts";
import { addConsumer, updateConsumer } from "./make-consumer.ts";
import { isApiError, listLimit, namesLimit, noPage, pageOf, readOptional } from "./paging.ts";
import { isEmpty } from "./stream-api.ts";
import type { Stream } from "./stream.ts";

const createFields: FieldTypes = { stream_name: "text", config: "object" };
const pageFields: FieldTypes = { offset: "int" };
const streamToken = 4;
const nameToken = 5;
const nameMax = 255;

/** Makes a consumer, or changes one. */
export function createConsumer(request: ApiRequest): ApiResponse {
  const asked = readJson(request.body, createFields);
  const fields = asked && fieldsOf(asked["config"] ?? {}, consumerFields);
  if (!asked || !fields) return { error: apiError("invalidJson") };
  const target = targetOf(request);
  const problem = requestProblem(target, asked, fields) ?? unknownInConsumer(fields);
  if (problem) return { error: problem };
  const stream = request.jetstream.streams.get(target.stream);
  if ((fields["num_replicas"] as number) > request.jetstream.replicasMax) {
    return { error: apiError("replicasNotSupported") };
  }
  if (!stream) return { error: apiError("streamNotFound") };
  const isNewStyle = !target.isDurable && target.name !== undefined;
  const config = consumerConfigOf(isNewStyle ? { ...fields, name: target.name } : fields);
  const made = provide(stream, config);
  return isApiError(made) ? { error: made } : infoOf(made);
}

/** How a consumer stands. */
export function consumerInfo({ jetstream, tokens, body }: ApiRequest): ApiResponse {
  if (!isEmpty(body)) return { error: apiError("requestNotEmpty") };
  const stream = jetstream.streams.get(tokens[streamToken]!);
  if (!stream) return { error: apiError("streamNotFound") };
  const consumer = stream.consumers.get(tokens[nameToken]!);
  return consumer ? infoOf(consumer) : { error: apiError("consumerNotFound") };
}

/** Deletes a consumer. */
export function deleteConsumer({ jetstream, tokens, body }: ApiRequest): ApiResponse {
  if (!isEmpty(body)) return { error: apiError("requestNotEmpty") };
  const stream = jetstream.streams.get(tokens[streamToken]!);
  if (!stream) return { error: apiError("streamNotFound") };
  const consumer = stream.consumers.get(tokens[nameToken]!);
  if (!consumer) return { error: apiError("consumerNotFound") };
  stream.removeConsumer(consumer);
  return { success: true };
}

/** The names of a stream's consumers. */
export function nameConsumers(request: ApiRequest): ApiResponse {
  return listed(request, namesLimit, ({ name }) => name);
}

/** A stream's consumers, and how they stand. */
export function listConsumers(request: ApiRequest): ApiResponse {
  return listed(request, listLimit, (consumer) => infoOf(consumer));
}

function listed({ jetstream, tokens, body }: ApiRequest, limit: number, show: (one: Consumer) => unknown): ApiResponse {
  const asked = readOptional(body, pageFields);
  const stream = jetstream.streams.get(tokens[streamToken]!);
  if (isApiError(asked)) return { error: asked, ...noPage, consumers: [] };
  if (!stream) return { error: apiError("streamNotFound"), ...noPage, consumers: [] };
  const all = [...stream.consumers.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const { page, paged } = pageOf(all, asked["offset"], limit);
  return { ...paged, consumers: page.map(show) };
}

/** The consumer that the subject of the request names. */
interface Target {
  readonly stream: string;
  /** None for the older way to ask for an ephemeral one. */
  readonly name: string | undefined;
  /** The older way to ask for a durable one. */
  readonly isDurable: boolean;
  /** The newest way tells the filter, too. */
  readonly filter: string | undefined;
}

function targetOf({ tokens }: ApiRequest): Target {
  if (tokens[3] === "DURABLE") return { stream: tokens[5]!, name: tokens[6], isDurable: true, filter: undefined };
  const filter = tokens.length > 6 ? tokens.slice(6).join(".") : undefined;
  return { stream: tokens[streamToken]!, name: tokens[nameToken], isDurable: false, filter };
}

function requestProblem(target: Target, asked: Fields, fields: Fields): ApiError | undefined {
  const { durable_name: durable = "", filter_subject: filter = "" } = fields;
  if (target.stream !== (asked["stream_name"] ?? "")) return apiError("streamNameDiffers");
  if (/[\\/]/.test(target.name ?? "")) return apiError("consumerNameWithSeparators");
  const isOther = target.filter !== undefined && target.filter !== filter;
  return durableProblem(target, durable as string) ?? (isOther ? apiError("filterDiffersFromSubject") : undefined);
}

function durableProblem({ name, isDurable }: Target, durable: string): ApiError | undefined {
  if (durable === "") return isDurable ? apiError("durableNameNotSet") : undefined;
  if (name === undefined) return apiError("ephemeralWithDurableName");
  return name === durable ? undefined : apiError("durableNameDiffers");
}

/** The consumer as it is wanted: made, or changed when there is one of that name. */
function provide(stream: Stream, config: ConsumerConfig): Consumer | ApiError {
  const problem = consumerProblem(config, stream.config);
  if (problem) return problem;
  const existing = stream.consumers.get(config.durable_name ?? config.name ?? "");
  if (existing) return change(existing, config);
  return limitProblem(stream, config) ?? nameProblem(config) ?? addConsumer(stream, config);
}

function change(existing: Consumer, config: ConsumerConfig): Consumer | ApiError {
  const problem = consumerUpdateProblem(existing.config, config);
  if (problem) return problem;
  if (existing.config.filter_subject !== config.filter_subject) return notSimulated("changing a consumer's filter");
  updateConsumer(existing, config);
  return existing;
}

function limitProblem({ config: stream, consumers }: Stream, config: ConsumerConfig): ApiError | undefined {
  if (stream.max_consumers > 0 && consumers.size >= stream.max_consumers) return apiError("consumersMaximum");
  if (stream.retention !== "workqueue") return undefined;
  if (config.ack_policy !== "explicit") return apiError("workQueueRequiresExplicitAck");
  if (consumers.size > 0) {
    if (config.filter_subject === undefined) return apiError("workQueueMultipleUnfiltered");
    const isShared = [...consumers.values()].some((other) => sharesWork(other, config));
    if (isShared) return apiError("workQueueNotUnique");
  }
  return config.deliver_policy === "all" ? undefined : apiError("workQueueNotDeliverAll");
}

function nameProblem({ durable_name: durable, name = "" }: ConsumerConfig): ApiError | undefined {
  if ((durable ?? "").length > nameMax) {
    return apiErrorSaying("nameTooLong", `consumer name is too long, maximum allowed is ${nameMax}`);
  }
  // It is also the name of a file.
  if (name.length > nameMax) return apiErrorSaying("consumerCreate", "error creating store for consumer");
  return /[ \t\r\n\f.*>]/.test(durable ?? name) ? apiError("badDurableName") : undefined;
}

function sharesWork(other: Consumer, { filter_subject: filter = "" }: ConsumerConfig): boolean {
  const { filter_subject: taken } = other.config;
  return taken === undefined || isWithin(taken, filter) || isWithin(filter, taken);
}

function infoOf(consumer: Consumer): ApiResponse {
  const { progress, config, name, home } = consumer;
  const pending = consumer.numPending.recount();
  consumer.reviewRequests(false);
  return {
    stream_name: home.name,
    name,
    created: momentOf(consumer.createdUnixMs),
    config,
    delivered: pair(progress.nextDelivery - 1, progress.nextSequence - 1, consumer.lastDeliveredUnixMs),
    ack_floor: pair(progress.ackedDelivery, progress.ackedSequence, consumer.lastAckedUnixMs),
    num_ack_pending: progress.pending.size,
    num_redelivered: progress.redelivered.size,
    num_waiting: consumer.requests.size,
    num_pending: pending,
  };
}

function pair(delivery: number, sequence: number, unixMs: number | undefined): object {
  const active = unixMs === undefined ? {} : { last_active: momentOf(unixMs) };
  return { consumer_seq: delivery, stream_seq: sequence, ...active };
}
