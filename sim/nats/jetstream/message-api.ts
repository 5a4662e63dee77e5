import { momentOf } from "../moment.ts";
import { apiError, apiErrorSaying, type ApiError } from "./api-error.ts";
import type { ApiRequest, ApiResponse } from "./api-request.ts";
import { readJson, type FieldTypes } from "./go-json.ts";
import type { StoredMessage } from "./message-store.ts";
import { isApiError, readOptional } from "./paging.ts";
import { purge, type PurgeRequest } from "./purge.ts";
import { isEmpty } from "./stream-api.ts";
import type { Stream } from "./stream.ts";

const streamToken = 4;
const streamTokenOfMessage = 5;
const purgeFields: FieldTypes = { seq: "uint", filter: "text", keep: "uint" };
const getFields: FieldTypes = { seq: "uint", last_by_subj: "text", next_by_subj: "text" };
const deleteFields: FieldTypes = { seq: "uint", no_erase: "flag" };

/** Lets go of many messages at once. */
export function purgeStream({ jetstream, tokens, body }: ApiRequest): ApiResponse {
  const refuse = (error: ApiError): ApiResponse => ({ error, purged: 0 });
  const asked = readOptional(body, purgeFields);
  if (isApiError(asked)) return refuse(asked);
  const request: PurgeRequest | undefined = isEmpty(body) ? undefined : asked;
  if ((request?.seq ?? 0) > 0 && (request?.keep ?? 0) > 0) return refuse(apiError("badRequest"));
  const stream = jetstream.streams.get(tokens[streamToken]!);
  if (!stream) return refuse(apiError("streamNotFound"));
  if (stream.config.sealed) return refuse(apiError("streamSealed"));
  if (stream.config.deny_purge) return refuse(apiErrorSaying("purgeFailed", "stream purge not permitted"));
  return { success: true, purged: purge(stream, request) };
}

/** Deletes one message. */
export function deleteMessage({ jetstream, tokens, body }: ApiRequest): ApiResponse {
  if (isEmpty(body)) return { error: apiError("badRequest") };
  const asked = readJson(body, deleteFields);
  if (!asked) return { error: apiError("invalidJson") };
  const stream = jetstream.streams.get(tokens[streamTokenOfMessage]!);
  if (!stream) return { error: apiError("streamNotFound") };
  if (stream.config.sealed) return { error: apiError("streamSealed") };
  if (stream.config.deny_delete) return { error: apiErrorSaying("messageDelete", "message delete not permitted") };
  const sequence = (asked["seq"] as number | undefined) ?? 0;
  if (stream.remove(sequence)) return { success: true };
  return { error: missing(stream, sequence) };
}

/** Reads one message. */
export function getMessage({ jetstream, tokens, body }: ApiRequest): ApiResponse {
  if (isEmpty(body)) return { error: apiError("badRequest") };
  const asked = readJson(body, getFields) as GetRequest | undefined;
  if (!asked) return { error: apiError("invalidJson") };
  const { seq = 0, last_by_subj: last = "", next_by_subj: next = "" } = asked;
  const isClear = seq > 0 ? last === "" : (last === "") !== (next === "");
  if (!isClear) return { error: apiError("badRequest") };
  const stream = jetstream.streams.get(tokens[streamTokenOfMessage]!);
  if (!stream) return { error: apiError("streamNotFound") };
  const message = find(stream, { seq, last, next });
  return message ? { message: shown(message) } : { error: apiError("noMessageFound") };
}

interface GetRequest {
  readonly seq?: number;
  readonly last_by_subj?: string;
  readonly next_by_subj?: string;
}

function find({ store }: Stream, asked: { seq: number; last: string; next: string }): StoredMessage | undefined {
  if (asked.next !== "") return store.next(asked.next, asked.seq);
  return asked.last === "" ? store.get(asked.seq) : store.lastOf(asked.last);
}

function shown({ subject, sequence, headers, payload, unixMs }: StoredMessage): object {
  return {
    subject,
    seq: sequence,
    ...(headers === "" ? {} : { hdrs: btoa(headers) }),
    ...(payload === "" ? {} : { data: btoa(payload) }),
    time: momentOf(unixMs),
  };
}

/** The server's file store tells apart what is gone and what has not come. */
function missing({ store }: Stream, sequence: number): ApiError {
  if (store.storage === "memory") return apiErrorSaying("sequenceNotFound", `sequence ${sequence} not found`);
  if (sequence > store.last) return apiErrorSaying("messageDelete", "stream store EOF");
  if (sequence < store.first) return apiErrorSaying("messageDelete", "no message found");
  return apiErrorSaying("sequenceNotFound", `sequence ${sequence} not found`);
}
