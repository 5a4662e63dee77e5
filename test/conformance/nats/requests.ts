import type { Frame } from "./frames.ts";

/** Where answers of the API and receipts come. */
const apiInbox = "_API";

let requests = 0;

/** A client publishes. */
export function pub(subject: string, body: unknown = "", reply?: string): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return `PUB ${subject} ${reply === undefined ? "" : `${reply} `}${text.length}\r\n${text}\r\n`;
}

/** The same, with headers. */
export function hpub(subject: string, headers: Readonly<Record<string, string>>, body = "", reply?: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const block = `NATS/1.0\r\n${lines.join("")}\r\n`;
  const to = reply === undefined ? subject : `${subject} ${reply}`;
  return `HPUB ${to} ${block.length} ${block.length + body.length}\r\n${block}${body}\r\n`;
}

/** A request that is answered to {@link apiInbox}. */
export function ask(subject: string, body?: unknown): string {
  return pub(subject, body, `${apiInbox}.${++requests}`);
}

/** A call of JetStream's API. */
export function call(name: string, body?: unknown): string {
  return ask(`$JS.API.${name}`, body);
}

/** A publish that is answered with a receipt. */
export function store(subject: string, body: string, headers?: Readonly<Record<string, string>>): string {
  const reply = `${apiInbox}.${++requests}`;
  return headers ? hpub(subject, headers, body, reply) : pub(subject, body, reply);
}

/** Deletes streams, whether they are there or not; the answers go nowhere. */
export function deleteStreams(names: readonly string[]): string {
  return names.map((name) => pub(`$JS.API.STREAM.DELETE.${name}`)).join("");
}

/** Asks a consumer for messages, to `_PULL.<consumer>.…`. */
export function pull(stream: string, consumer: string, request: unknown, inbox = "_PULL"): string {
  return pub(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, request, `${inbox}.${consumer}.${++requests}`);
}

/** The reply subjects of messages that consumers delivered, oldest first. */
function deliveries(heard: readonly Frame[]): string[] {
  return heard.flatMap(({ reply }) => (reply?.startsWith("$JS.ACK.") ? [reply] : []));
}

/** Answers the n-th message that was delivered (from the end, when negative), and awaits the server's word. */
export function answer(index: number, body: string): (heard: readonly Frame[]) => string {
  return (heard) => {
    const to = deliveries(heard).at(index);
    return to === undefined ? "" : pub(to, body, `${apiInbox}.ack`);
  };
}
