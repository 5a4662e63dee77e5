import { headers } from "@nats-io/nats-core";

import type { Clock } from "../../../core/mod.ts";
import { OutcomeUnknown, Unavailable, type Message, type Metrics, type Receipt } from "../../ports/mod.ts";
import type { Link } from "./link.ts";
import type { NatsMsg } from "./nats-client.ts";
import { Receipts, type Awaited } from "./receipts.ts";

const maxInFlight = 4_096;

/**
 * Stores messages in a stream, with a receipt for each.
 *
 * All receipts come to one subscription, `_INBOX.<nuid>.*`, and are matched by the last token. The client's own
 * `js.publish` makes a request object, a timer and two promises for each message: a sixth of the rate.
 *
 * Nothing is published while the connection is down: the client would buffer it and may send it on reconnecting,
 * long after the caller was told that it failed. What is unanswered when the connection breaks is unknown.
 */
export class Publisher {
  readonly #link: Link;
  readonly #metrics: Metrics;
  readonly #receipts: Receipts;
  readonly #inbox: string;

  constructor(link: Link, options: { clock: Clock; metrics: Metrics; timeoutMs: number }) {
    this.#link = link;
    this.#inbox = `${link.client.newInbox()}.`;
    this.#metrics = options.metrics;
    this.#receipts = new Receipts(options.clock, options.timeoutMs);
    link.subscribe(`${this.#inbox}*`, (answer) => this.#answered(answer));
    link.onDown(() => this.#receipts.giveUp("the connection was lost before the receipt came"));
  }

  /**
   * @throws Unavailable when the message was surely not stored: the connection is down, nobody serves the subject,
   *   the stream refused it, or 4096 messages are in flight already.
   * @throws OutcomeUnknown when it was sent and no receipt came.
   */
  publish(message: Message): Promise<Receipt> {
    if (!this.#link.connected()) return Promise.reject(new Unavailable("NATS"));
    if (this.#receipts.size >= maxInFlight) {
      return Promise.reject(refusal(message.subject, `${maxInFlight} messages are in flight`));
    }
    return new Promise((resolve, reject) => this.#send(message, resolve, reject));
  }

  #send(message: Message, resolve: Awaited["resolve"], reject: Awaited["reject"]): void {
    const token = this.#receipts.expect(message.subject, resolve, reject);
    const reply = this.#inbox + token;
    try {
      const options = message.id === undefined ? { reply } : { reply, headers: identified(message.id) };
      this.#link.client.publish(message.subject, message.body, options);
    } catch (thrown) {
      // Too large, or a subject or an id that is none: it never left.
      this.#receipts.take(token);
      reject(new Unavailable(`The stream of ${message.subject}`, thrown));
    }
  }

  #answered(answer: NatsMsg): void {
    const awaited = this.#receipts.take(Number(answer.subject.slice(this.#inbox.length)));
    if (!awaited) return;
    if (answer.data.length === 0) return awaited.reject(refusal(awaited.subject, "no stream listens there"));
    this.#settle(awaited, answer.string());
  }

  #settle(awaited: Awaited, text: string): void {
    const { seq, duplicate = false, error } = parseReceipt(text);
    if (error) return awaited.reject(failure(awaited.subject, error));
    if (seq === undefined) return awaited.reject(unknown(awaited.subject, text));
    if (duplicate) this.#metrics.count("duplicatePublishes", { subject: awaited.subject });
    awaited.resolve({ sequence: seq, duplicate });
  }
}

/** What JetStream answers to a publish. */
interface RawReceipt {
  readonly seq?: number;
  readonly duplicate?: boolean;
  readonly error?: { readonly code: number; readonly err_code?: number; readonly description?: string };
}

function parseReceipt(text: string): RawReceipt {
  try {
    return JSON.parse(text) as RawReceipt;
  } catch {
    // No stream answers like this. Without a sequence, the caller is told that the outcome is unknown.
    return {};
  }
}

function identified(id: string): ReturnType<typeof headers> {
  const made = headers();
  made.set("Nats-Msg-Id", id);
  return made;
}

/** 409: the same id is just being stored for somebody else, which may still succeed. Other errors store nothing. */
function failure(subject: string, error: NonNullable<RawReceipt["error"]>): Error {
  const text = `${error.description ?? "refused"} (${error.err_code ?? error.code})`;
  return error.code === 409 ? unknown(subject, text) : refusal(subject, text);
}

function unknown(subject: string, cause: string): OutcomeUnknown {
  return new OutcomeUnknown(`The stream of ${subject}`, new Error(cause));
}

function refusal(subject: string, cause: string): Unavailable {
  return new Unavailable(`The stream of ${subject}`, new Error(cause));
}
