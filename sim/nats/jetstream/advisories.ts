import type { Random } from "../../../core/mod.ts";
import { momentOf } from "../moment.ts";
import type { Router } from "../router.ts";
import { writeJson } from "./go-json.ts";

/** What happened to a message at a consumer. */
export interface MessageFacts {
  readonly stream: string;
  readonly consumer: string;
  readonly consumer_seq?: number;
  readonly stream_seq: number;
  readonly ack_time?: number;
  readonly deliveries: number;
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idLength = 22;

/** What JetStream says of itself, to whoever listens on `$JS.EVENT.>`. */
export class Advisories {
  readonly #router: Router;
  readonly #random: Random;
  readonly #unixMs: () => number;

  constructor(router: Router, random: Random, unixMs: () => number) {
    this.#router = router;
    this.#random = random;
    this.#unixMs = unixMs;
  }

  streamIs(action: "create" | "modify" | "delete", stream: string): void {
    const event = { create: "CREATED", modify: "UPDATED", delete: "DELETED" }[action];
    this.#say(`ADVISORY.STREAM.${event}.${stream}`, "advisory.v1.stream_action", { stream, action });
  }

  consumerIs(action: "create" | "delete", stream: string, consumer: string): void {
    const event = { create: "CREATED", delete: "DELETED" }[action];
    const facts = { stream, consumer, action };
    this.#say(`ADVISORY.CONSUMER.${event}.${stream}.${consumer}`, "advisory.v1.consumer_action", facts);
  }

  /** It was delivered as often as allowed, and never is again. */
  maxDeliveries(facts: MessageFacts): void {
    this.#say(about("ADVISORY.CONSUMER.MAX_DELIVERIES", facts), "advisory.v1.max_deliver", facts);
  }

  naked(facts: MessageFacts): void {
    this.#say(about("ADVISORY.CONSUMER.MSG_NAKED", facts), "advisory.v1.nak", facts);
  }

  terminated(facts: MessageFacts): void {
    this.#say(about("ADVISORY.CONSUMER.MSG_TERMINATED", facts), "advisory.v1.terminated", facts);
  }

  /** A sample of how long acknowledgements take. */
  acknowledged(facts: MessageFacts): void {
    this.#say(about("METRIC.CONSUMER.ACK", facts), "metric.v1.consumer_ack", facts);
  }

  #say(event: string, type: string, facts: object): void {
    const subject = `$JS.EVENT.${event}`;
    if (!this.#router.hasInterest(subject)) return;
    const head = { type: `io.nats.jetstream.${type}`, id: this.#id(), timestamp: momentOf(this.#unixMs()) };
    this.#router.publish({ subject, payload: writeJson({ ...head, ...facts }) });
  }

  #id(): string {
    return Array.from({ length: idLength }, () => digits[this.#random.int(digits.length)]).join("");
  }
}

function about(event: string, { stream, consumer }: MessageFacts): string {
  return `${event}.${stream}.${consumer}`;
}
