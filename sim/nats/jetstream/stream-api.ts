import { momentOf, zeroMoment } from "../moment.ts";
import { collide } from "../subjects.ts";
import { apiError, notSimulated, type ApiError } from "./api-error.ts";
import type { ApiRequest, ApiResponse, StreamKeeper } from "./api-request.ts";
import { readJson, type FieldTypes } from "./go-json.ts";
import { isApiError, listLimit, namesLimit, noPage, pageOf, readOptional } from "./paging.ts";
import { sameConfig, streamConfigOf, streamFields, streamProblem, unknownInStream } from "./stream-config.ts";
import { sealedConfig, streamUpdateProblem, type StreamConfig } from "./stream-config.ts";
import type { Stream } from "./stream.ts";

const nameToken = 4;
const subjectDetailsMax = 100_000;
const listFields: FieldTypes = { offset: "int", subject: "text" };
const infoFields: FieldTypes = { offset: "int", deleted_details: "flag", subjects_filter: "text" };

/** Makes a stream; asking again for the same is no error. */
export function createStream(request: ApiRequest): ApiResponse {
  const config = readConfig(request);
  if (isApiError(config)) return { error: config };
  const { jetstream } = request;
  const existing = jetstream.streams.get(config.name);
  if (existing && !sameConfig(existing.config, config)) return { error: apiError("streamNameExists") };
  if (!existing && jetstream.overlaps(config)) return { error: apiError("subjectsOverlap") };
  const stream = existing ?? jetstream.addStream(config);
  return { ...infoOf(stream), did_create: true };
}

/** Changes a stream. */
export function updateStream(request: ApiRequest): ApiResponse {
  const wanted = readJson(request.body, streamFields);
  if (!wanted) return { error: apiError("invalidJson") };
  const config = streamConfigOf(wanted);
  const { jetstream } = request;
  const problem = unknownInStream(wanted) ?? streamProblem(config) ?? nameProblem(request, wanted["name"]);
  if (problem) return { error: problem };
  const stream = jetstream.streams.get(config.name);
  if (!stream) return { error: apiError("streamNotFound") };
  const change = streamUpdateProblem(stream.config, config) ?? replicasProblem(config, jetstream);
  if (change) return { error: change };
  if (jetstream.overlaps(config)) return { error: apiError("subjectsOverlap") };
  stream.update(sealedConfig(config));
  jetstream.advisories.streamIs("modify", stream.name);
  return infoOf(stream);
}

/** How a stream is, and what it holds. */
export function streamInfo({ jetstream, tokens, body }: ApiRequest): ApiResponse {
  const asked = readOptional(body, infoFields);
  if (isApiError(asked)) return { error: asked, ...noPage };
  const stream = jetstream.streams.get(tokens[nameToken]!);
  if (!stream) return { error: apiError("streamNotFound"), ...noPage };
  const { subjects_filter: filter = "", deleted_details: isDetailed = false, offset = 0 } = asked;
  const lines = filter === "" ? [] : stream.store.linesOf(filter as string);
  const subjects = lines.map(([subject, line]) => [subject, line.length] as const);
  subjects.sort(([one], [other]) => (one < other ? -1 : 1));
  const { page, paged } = pageOf(subjects, offset, subjectDetailsMax);
  const details = page.length > 0 ? { subjects: Object.fromEntries(page) } : {};
  const info = infoOf(stream, { details, isDetailed: isDetailed === true });
  return { ...(lines.length > 0 ? paged : noPage), ...info };
}

/** Deletes a stream and its consumers. */
export function deleteStream({ jetstream, tokens, body }: ApiRequest): ApiResponse {
  if (!isEmpty(body)) return { error: apiError("requestNotEmpty") };
  const stream = jetstream.streams.get(tokens[nameToken]!);
  if (!stream) return { error: apiError("streamNotFound") };
  jetstream.deleteStream(stream);
  return { success: true };
}

/** The names of the streams, all or those of a subject. */
export function nameStreams({ jetstream, body }: ApiRequest): ApiResponse {
  const asked = readOptional(body, listFields);
  if (isApiError(asked)) return { error: asked, ...noPage, streams: null };
  const names = found(jetstream, asked["subject"]).map(({ name }) => name);
  const { page, paged } = pageOf(names, asked["offset"], namesLimit);
  return { ...paged, streams: page.length > 0 ? page : null };
}

/** The streams, all or those of a subject, and what they hold. */
export function listStreams({ jetstream, body }: ApiRequest): ApiResponse {
  const asked = readOptional(body, listFields);
  if (isApiError(asked)) return { error: asked, ...noPage, streams: [] };
  const { page, paged } = pageOf(found(jetstream, asked["subject"]), asked["offset"], listLimit);
  return { ...paged, streams: page.map((stream) => infoOf(stream)) };
}

/** Whether a request that takes no body has none. */
export function isEmpty(body: string): boolean {
  return /^\s*(\{\s*\})?\s*$/.test(body);
}

function readConfig(request: ApiRequest): StreamConfig | ApiError {
  const wanted = readJson(request.body, streamFields);
  if (!wanted) return apiError("invalidJson");
  const { sealed, mirror_direct: isMirrored } = wanted;
  const problem = nameProblem(request, wanted["name"]) ?? pathProblem(request) ?? unknownInStream(wanted);
  if (problem) return problem;
  if (sealed === true || isMirrored === true) return notSimulated("a stream that is created sealed or as a mirror");
  const config = streamConfigOf(wanted);
  return streamProblem(config) ?? replicasProblem(config, request.jetstream) ?? config;
}

function nameProblem({ tokens }: ApiRequest, name: unknown): ApiError | undefined {
  return tokens[nameToken] === (name ?? "") ? undefined : apiError("streamNameDiffers");
}

function pathProblem({ tokens }: ApiRequest): ApiError | undefined {
  return /[\\/]/.test(tokens[nameToken]!) ? apiError("streamNameWithSeparators") : undefined;
}

function replicasProblem({ num_replicas: replicas }: StreamConfig, jetstream: StreamKeeper): ApiError | undefined {
  return replicas > jetstream.replicasMax ? apiError("replicasNotSupported") : undefined;
}

function found(jetstream: StreamKeeper, subject: unknown): Stream[] {
  const filter = typeof subject === "string" ? subject : "";
  const all = [...jetstream.streams.values()];
  const matching =
    filter === "" ? all : all.filter(({ config }) => config.subjects.some((one) => collide(filter, one)));
  return matching.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

interface Detail {
  readonly details: object;
  readonly isDetailed: boolean;
}

function infoOf(stream: Stream, detail?: Detail): ApiResponse {
  const { config, createdUnixMs } = stream;
  return {
    config,
    created: momentOf(createdUnixMs),
    state: stateOf(stream, detail),
  };
}

function stateOf({ store, consumers }: Stream, detail?: Detail): object {
  const { count, bytes, first, firstMs, last, lastMs, subjects } = store;
  const missing = last > first ? last - first + 1 - count : 0;
  const holes = detail?.isDetailed && missing > 0 ? { deleted: holesOf(store) } : {};
  return {
    messages: count,
    bytes,
    first_seq: first,
    first_ts: firstMs === undefined ? zeroMoment : momentOf(firstMs),
    last_seq: last,
    last_ts: lastMs === undefined ? zeroMoment : momentOf(lastMs),
    ...(subjects > 0 ? { num_subjects: subjects } : {}),
    ...detail?.details,
    ...(missing > 0 ? { num_deleted: missing } : {}),
    ...holes,
    consumer_count: consumers.size,
  };
}

function holesOf(store: Stream["store"]): number[] {
  const span = Array.from({ length: store.last - store.first + 1 }, (_, index) => store.first + index);
  return span.filter((sequence) => !store.get(sequence));
}
