import { ClientWindows } from "../domain/messagebus/client-windows.ts";
import { RememberedKeys, type FirstMessage } from "../domain/messagebus/remembered-keys.ts";
import type { MessageBusOptions } from "./bus-options.ts";
import type { BusMessage, Published } from "./message.ts";

type Refused = Extract<Published, { accepted: false }>;

/** Topics, keys and clients are remembered, and so are kept short. In characters. */
const nameLengthMax = 256;
/** Clients whose windows are kept; of 1,000 messages each, that is 8 MB. */
const clientsMax = 1_000;
/** No character is longer than `\u0000` in JSON. */
const jsonBytesPerCharacterMax = 6;

/** What is asked of a message before its shard is: its size, whether it was here before, and its client's limit. */
export class Intake {
  readonly #bytesMax: number;
  readonly #keys: RememberedKeys;
  readonly #clients: ClientWindows | undefined;

  constructor({ messageBytesMax, dedupTtlMs, dedupMax, clientLimit }: MessageBusOptions) {
    this.#bytesMax = messageBytesMax;
    this.#keys = new RememberedKeys({ ttlMs: dedupTtlMs, max: dedupMax });
    this.#clients = clientLimit && new ClientWindows(clientLimit, clientsMax);
  }

  /** @throws Error when the priority is no number, or the payload cannot be written as JSON: the caller has a bug */
  misfit({ topic, payload, priority = 0, idempotencyKey = "", client = "" }: BusMessage): Refused | undefined {
    if (!Number.isFinite(priority)) throw new Error(`a priority is a finite number, not ${priority}`);
    if (Math.max(topic.length, idempotencyKey.length, client.length) > nameLengthMax) return nameTooLong;
    return isLarger(payload, this.#bytesMax) ? payloadTooLarge : undefined;
  }

  /** The message that this one repeats. */
  original({ idempotencyKey }: BusMessage, nowMs: number): FirstMessage | undefined {
    return idempotencyKey === undefined ? undefined : this.#keys.find(idempotencyKey, nowMs);
  }

  overLimit({ client }: BusMessage, nowMs: number): Refused | undefined {
    const waitMs = client === undefined ? 0 : (this.#clients?.waitMs(client, nowMs) ?? 0);
    if (waitMs === 0) return undefined;
    return { accepted: false, status: 429, reason: "rate_limit", retryAfterMs: Math.ceil(waitMs) };
  }

  /** Only now a message spends its client's budget and its key is remembered. */
  accepted({ idempotencyKey, client }: BusMessage, first: FirstMessage, nowMs: number): void {
    if (idempotencyKey !== undefined) this.#keys.remember(idempotencyKey, first, nowMs);
    if (client !== undefined) this.#clients?.count(client, nowMs);
  }

  /** The bus does not have it any more, so a resend is no duplicate. */
  givenBack({ idempotencyKey }: BusMessage): void {
    if (idempotencyKey !== undefined) this.#keys.forget(idempotencyKey);
  }
}

const nameTooLong: Refused = { accepted: false, status: 413, reason: "name_too_long" };
const payloadTooLarge: Refused = { accepted: false, status: 413, reason: "payload_too_large" };

/** Whether a payload has more bytes than these as JSON in UTF-8. A text is only written out where it could matter. */
function isLarger(payload: unknown, bytesMax: number): boolean {
  if (payload === undefined) return false;
  if (typeof payload === "string" && payload.length * jsonBytesPerCharacterMax + 2 <= bytesMax) return false;
  try {
    return Buffer.byteLength(JSON.stringify(payload)) > bytesMax;
  } catch (thrown) {
    // It is longer than a text can be, or nested deeper than JSON can be written.
    if (thrown instanceof RangeError) return true;
    throw thrown;
  }
}
