import type { Bytes } from "../../bytes.ts";
import { apiError, notSimulated } from "./api-error.ts";
import type { ApiRequest, ApiResponse } from "./api-request.ts";
import { createConsumer, consumerInfo, deleteConsumer, listConsumers, nameConsumers } from "./consumer-api.ts";
import { writeJson } from "./go-json.ts";
import { deleteMessage, getMessage, purgeStream } from "./message-api.ts";
import { createStream, deleteStream, listStreams, nameStreams, streamInfo, updateStream } from "./stream-api.ts";

/** One call of the API. */
interface Call {
  /** The tokens after `$JS.API`; `*` stands for a name. */
  readonly path: string;
  /** The last part of the response's type. */
  readonly type: string;
  readonly answer: (request: ApiRequest) => ApiResponse;
}

const calls: readonly Call[] = [
  { path: "INFO", type: "account_info", answer: ({ jetstream }) => jetstream.account() },
  { path: "STREAM.CREATE.*", type: "stream_create", answer: createStream },
  { path: "STREAM.UPDATE.*", type: "stream_update", answer: updateStream },
  { path: "STREAM.INFO.*", type: "stream_info", answer: streamInfo },
  { path: "STREAM.DELETE.*", type: "stream_delete", answer: deleteStream },
  { path: "STREAM.PURGE.*", type: "stream_purge", answer: purgeStream },
  { path: "STREAM.NAMES", type: "stream_names", answer: nameStreams },
  { path: "STREAM.LIST", type: "stream_list", answer: listStreams },
  { path: "STREAM.MSG.GET.*", type: "stream_msg_get", answer: getMessage },
  { path: "STREAM.MSG.DELETE.*", type: "stream_msg_delete", answer: deleteMessage },
  { path: "CONSUMER.DURABLE.CREATE.*.*", type: "consumer_create", answer: createConsumer },
  { path: "CONSUMER.CREATE.*", type: "consumer_create", answer: createConsumer },
  { path: "CONSUMER.CREATE.*.>", type: "consumer_create", answer: createConsumer },
  { path: "CONSUMER.INFO.*.*", type: "consumer_info", answer: consumerInfo },
  { path: "CONSUMER.DELETE.*.*", type: "consumer_delete", answer: deleteConsumer },
  { path: "CONSUMER.NAMES.*", type: "consumer_names", answer: nameConsumers },
  { path: "CONSUMER.LIST.*", type: "consumer_list", answer: listConsumers },
];

const prefixTokens = 2;
const paths = calls.map((call) => ({ call, path: call.path.split(".") }));

/**
 * Answers a request to `$JS.API.>`. One that is not simulated is told so by name.
 *
 * @returns the response, and whether it counts as an error
 */
export function answerApi(request: ApiRequest): { response: Bytes; isError: boolean } {
  const call = paths.find(({ path }) => leadsTo(request.tokens, path))?.call;
  const type = `io.nats.jetstream.api.v1.${call?.type ?? "unknown"}_response`;
  const body = call ? answer(call, request) : { error: notSimulated(request.tokens.join(".")) };
  return { response: writeJson({ type, ...body }), isError: body.error !== undefined };
}

function answer({ answer: respond }: Call, request: ApiRequest): ApiResponse {
  return request.jetstream.unavailable ? { error: apiError("clusterNotAvailable") } : respond(request);
}

function leadsTo(tokens: readonly string[], path: readonly string[]): boolean {
  const isOpen = path.at(-1) === ">";
  const length = tokens.length - prefixTokens;
  if (isOpen ? length < path.length : length !== path.length) return false;
  return path.every((part, index) => part === "*" || part === ">" || part === tokens[prefixTokens + index]);
}
