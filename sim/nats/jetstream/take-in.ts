import type { Bytes } from "../../bytes.ts";
import type { NatsMessage } from "../engine.ts";
import { headerOf } from "../headers.ts";
import { apiError, apiErrorSaying, type ApiError } from "./api-error.ts";
import { writeJson } from "./go-json.ts";
import { enforceLimits, fullProblem } from "./limits.ts";
import { purge } from "./purge.ts";
import { isWanted } from "./retention.ts";
import type { StreamState } from "./stream-state.ts";

const headersMax = 65_535;

/** Stores a message that was published on one of the stream's subjects, and answers with a receipt. */
export function takeIn(stream: StreamState, message: NatsMessage): void {
  const { headers = "" } = message;
  const answer = (body: Bytes): void => {
    if (message.reply === undefined || stream.config.no_ack) return;
    stream.router.publish({ subject: message.reply, payload: body });
  };
  const refusal =
    (sealed(stream) ?? headerOf(headers, "Nats-Expected-Stream") !== "") ? otherStream(stream, headers) : undefined;
  if (refusal) return answer(refused(stream, refusal));
  const id = headerOf(headers, "Nats-Msg-Id");
  const seen = id === "" ? undefined : stream.dedup.find(id);
  if (seen !== undefined) return answer(receipt(stream, seen, ',"duplicate": true'));
  const problem = expectationProblem(stream, message) ?? sizeProblem(stream, message);
  if (problem) return answer(refused(stream, problem));
  const outcome = store(stream, message, id);
  answer(typeof outcome === "number" ? receipt(stream, outcome) : refused(stream, outcome));
}

function store(stream: StreamState, message: NatsMessage, id: string): number | ApiError {
  const { store: messages, clock } = stream;
  const { subject, headers = "", payload } = message;
  if (stream.config.retention === "interest" && !isWanted(stream, subject)) return skip(stream, id);
  const draft = { subject, headers, payload, unixMs: clock.unixMs() };
  const problem = fullProblem(stream, draft);
  if (problem !== undefined) {
    stream.lastSequence = messages.last;
    return apiErrorSaying("storeFailed", problem);
  }
  const stored = messages.append(draft);
  stream.lastMessageId = id;
  stream.lastSequence += 1;
  enforceLimits(stream, subject);
  if (id !== "") stream.dedup.add(id, stored.sequence);
  rollUp(stream, message);
  stream.stored(stored);
  return stored.sequence;
}

/** Nobody wants it: only its number is used. The server remembers the id without the number. */
function skip(stream: StreamState, id: string): number {
  stream.lastMessageId = id;
  if (id !== "") stream.dedup.add(id, 0);
  stream.lastSequence = stream.store.skip(stream.clock.unixMs());
  return stream.lastSequence;
}

function sealed({ config }: StreamState): ApiError | undefined {
  return config.sealed ? apiError("streamSealed") : undefined;
}

function otherStream({ name }: StreamState, headers: Bytes): ApiError | undefined {
  const expected = headerOf(headers, "Nats-Expected-Stream");
  return expected === "" || expected === name ? undefined : apiError("streamNotExpected");
}

/** The publisher says what it expects of the stream, or what is to become of older messages. */
function expectationProblem(stream: StreamState, { subject, headers = "" }: NatsMessage): ApiError | undefined {
  if (headers === "") return undefined;
  return (
    subjectProblem(stream, subject, headerOf(headers, "Nats-Expected-Last-Subject-Sequence")) ??
    sequenceProblem(stream, headerOf(headers, "Nats-Expected-Last-Sequence")) ??
    idProblem(stream, headerOf(headers, "Nats-Expected-Last-Msg-Id")) ??
    rollupProblem(stream, headerOf(headers, "Nats-Rollup"))
  );
}

function subjectProblem({ store: messages }: StreamState, subject: string, expected: Bytes): ApiError | undefined {
  if (expected === "") return undefined;
  const last = messages.lastOf(subject)?.sequence ?? 0;
  return numberOf(expected) === last ? undefined : wrongSequence(last);
}

function sequenceProblem({ lastSequence }: StreamState, expected: Bytes): ApiError | undefined {
  return expected === "" || numberOf(expected) === lastSequence ? undefined : wrongSequence(lastSequence);
}

function idProblem({ lastMessageId }: StreamState, expected: Bytes): ApiError | undefined {
  if (expected === "" || expected === lastMessageId) return undefined;
  return apiErrorSaying("wrongLastMessageId", `wrong last msg ID: ${lastMessageId}`);
}

function rollupProblem({ config }: StreamState, kind: Bytes): ApiError | undefined {
  if (kind === "" || (config.allow_rollup_hdrs && !config.deny_purge)) return undefined;
  return apiErrorSaying("rollupFailed", "rollup not permitted");
}

function wrongSequence(last: number): ApiError {
  return apiErrorSaying("wrongLastSequence", `wrong last sequence: ${last}`);
}

function numberOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : -1;
}

function sizeProblem({ config }: StreamState, { headers = "", payload }: NatsMessage): ApiError | undefined {
  const { max_msg_size: max } = config;
  if (max >= 0 && headers.length + payload.length > max) return apiError("messageTooLarge");
  return headers.length > headersMax ? apiError("headersTooLarge") : undefined;
}

function rollUp(stream: StreamState, { subject, headers = "" }: NatsMessage): void {
  const kind = headerOf(headers, "Nats-Rollup").toLowerCase();
  if (kind === "sub") purge(stream, { filter: subject, keep: 1 });
  if (kind === "all") purge(stream, { keep: 1 });
}

function receipt({ name }: StreamState, sequence: number, more = ""): Bytes {
  return `{"stream":${writeJson(name)}, "seq":${sequence}${more}}`;
}

function refused({ name }: StreamState, error: ApiError): Bytes {
  return writeJson({ error, stream: name, seq: 0 });
}
