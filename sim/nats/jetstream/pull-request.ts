import type { Bytes } from "../../bytes.ts";
import { fieldsOf, isObject, type FieldTypes } from "./go-json.ts";

/** A client asks a consumer for messages. */
export interface PullRequest {
  /** Where they are to go. */
  readonly reply: string;
  /** How many more. */
  messages: number;
  /** How many bytes more; 0 when it does not matter. */
  bytes: number;
  delivered: number;
  /** Whether it ends as soon as there is nothing more, once it got something. */
  readonly noWait: boolean;
  /** When it ends. */
  readonly expiresMs: number;
  readonly heartbeatMs: number;
  /** When it is told next that it still exists. */
  nextHeartbeatMs: number;
}

const requestFields: FieldTypes = {
  expires: "int",
  batch: "int",
  max_bytes: "int",
  no_wait: "flag",
  idle_heartbeat: "int",
};

const nanosInMs = 1e6;

/** Reads a request: nothing asks for one message, a number for so many, an object for what it says. */
export function readPullRequest(body: Bytes, reply: string, nowMs: number): PullRequest | { problem: string } {
  const text = body.trim();
  const simple = { reply, bytes: 0, delivered: 0, noWait: false, expiresMs: Infinity };
  const silent = { heartbeatMs: 0, nextHeartbeatMs: Infinity };
  if (text.startsWith("{")) return readObject(text, reply, nowMs);
  return { ...simple, ...silent, messages: /^[+-]?\d+$/.test(text) ? Number(text) : 1 };
}

function readObject(text: string, reply: string, nowMs: number): PullRequest | { problem: string } {
  const fields = fieldsOf(parsed(text) ?? {}, requestFields);
  if (!fields || !parsed(text)) return { problem: "invalid JSON" };
  const { expires = 0, batch = 0, max_bytes: bytes = 0, no_wait: noWait = false } = fields as Partial<Wire>;
  const heartbeat = (fields["idle_heartbeat"] as number | undefined) ?? 0;
  if (heartbeat > 0 && heartbeat * 2 > expires) return { problem: "heartbeat value too large" };
  const heartbeatMs = heartbeat / nanosInMs;
  return {
    ...{ reply, bytes, delivered: 0, noWait, messages: batch, heartbeatMs },
    expiresMs: expires === 0 ? Infinity : nowMs + expires / nanosInMs,
    nextHeartbeatMs: heartbeat > 0 ? nowMs + heartbeatMs : Infinity,
  };
}

interface Wire {
  readonly expires: number;
  readonly batch: number;
  readonly max_bytes: number;
  readonly no_wait: boolean;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // The client is told that its request is bad.
    return undefined;
  }
}
