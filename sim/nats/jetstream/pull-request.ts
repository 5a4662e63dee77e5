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
  const object = parsed(text);
  const fields = object && fieldsOf(object, requestFields);
  if (!fields) return { problem: "invalid JSON" };
  const asked: Wire = { ...nothingAsked, ...fields };
  if (asked.idle_heartbeat > 0 && asked.idle_heartbeat * 2 > asked.expires) {
    return { problem: "heartbeat value too large" };
  }
  const heartbeatMs = asked.idle_heartbeat / nanosInMs;
  return {
    ...{ reply, delivered: 0, messages: asked.batch, bytes: asked.max_bytes, noWait: asked.no_wait, heartbeatMs },
    expiresMs: asked.expires === 0 ? Infinity : nowMs + asked.expires / nanosInMs,
    nextHeartbeatMs: heartbeatMs > 0 ? nowMs + heartbeatMs : Infinity,
  };
}

const nothingAsked = { expires: 0, batch: 0, max_bytes: 0, no_wait: false, idle_heartbeat: 0 };

type Wire = typeof nothingAsked;

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // The client is told that its request is bad.
    return undefined;
  }
}
