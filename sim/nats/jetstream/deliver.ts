import { withHeader } from "../headers.ts";
import { nanosOf } from "../moment.ts";
import type { Consumer } from "./consumer.ts";
import type { StoredMessage } from "./message-store.ts";

/** A message that is due, and how often it will have been delivered then. */
interface Due {
  readonly message: StoredMessage;
  readonly deliveries: number;
}

/** Delivers to whoever asks until there is nothing more to deliver, or nobody who asks. */
export function deliverAll(consumer: Consumer): void {
  let isStalled = false;
  while (consumer.requests.size > 0) {
    const due = nextDue(consumer);
    isStalled = due === "stalled";
    if (typeof due !== "object" || !deliverOne(consumer, due)) break;
  }
  consumer.reviewRequests(!isStalled);
}

/** Whether somebody could be found who asks for it. */
function deliverOne(consumer: Consumer, due: Due): boolean {
  const { message, deliveries } = due;
  if (deliveries === 1) consumer.numPending.delivered();
  const reply = ackSubject(consumer, due);
  const { headers, payload } = contentOf(consumer, message);
  const request = consumer.requests.next(message.subject.length + reply.length + headers.length + payload.length);
  if (!request) {
    undo(consumer, due);
    return false;
  }
  const { clock, router } = consumer.home;
  if (request.messages > 0 && request.heartbeatMs > 0) request.nextHeartbeatMs = clock.now() + request.heartbeatMs;
  record(consumer, message.sequence);
  const shown = { subject: message.subject, reply, payload, ...(headers === "" ? {} : { headers }) };
  if (!router.publish(shown, undefined, request.reply)) undelivered(consumer, message.sequence);
  return true;
}

/** What comes next: first what is to be delivered again, then what is new. */
function nextDue(consumer: Consumer): Due | "nothing" | "stalled" {
  const again = nextRedelivery(consumer);
  if (again !== undefined) return again;
  const { progress, config, home } = consumer;
  const from = nextOfSkipList(consumer) ?? progress.nextSequence;
  if (isFull(consumer)) return "stalled";
  const message = home.store.next(config.filter_subject, from);
  const reached = message?.sequence ?? home.store.last;
  if (reached >= progress.nextSequence) {
    consumer.touch();
    progress.nextSequence = reached + 1;
  }
  return message ? { message, deliveries: 1 } : "nothing";
}

function nextRedelivery(consumer: Consumer): Due | "nothing" | undefined {
  const { redeliveries, progress, config, home } = consumer;
  const max = config.max_deliver ?? -1;
  for (let sequence = redeliveries.take(); sequence !== undefined; sequence = redeliveries.take()) {
    consumer.touch();
    consumer.hasRedelivered = true;
    const again = (progress.redelivered.get(sequence) ?? 0) + 1;
    progress.redelivered.set(sequence, again);
    if (max > 0 && again + 1 > max) {
      if (again === max) tellExceeded(consumer, sequence, again);
      progress.pending.delete(sequence);
      continue;
    }
    const message = home.store.get(sequence);
    return message ? { message, deliveries: again + 1 } : "nothing";
  }
  return undefined;
}

function tellExceeded({ home, name }: Consumer, sequence: number, deliveries: number): void {
  home.advisories.maxDeliveries({ stream: home.name, consumer: name, stream_seq: sequence, deliveries });
}

function nextOfSkipList(consumer: Consumer): number | undefined {
  const list = consumer.skipList;
  const sequence = list?.sequences.shift();
  if (!list || sequence === undefined) return undefined;
  if (list.sequences.length === 0) {
    consumer.progress.nextSequence = list.resume;
    consumer.skipList = undefined;
  }
  return sequence;
}

function isFull({ config, progress }: Consumer): boolean {
  const { max_ack_pending: max = 0 } = config;
  return max > 0 && progress.pending.size >= max;
}

function ackSubject(consumer: Consumer, { message, deliveries }: Due): string {
  const { home, name, progress, numPending } = consumer;
  const numbers = [deliveries, message.sequence, progress.nextDelivery, nanosOf(message.unixMs), numPending.value];
  return `$JS.ACK.${home.name}.${name}.${numbers.join(".")}`;
}

function contentOf(
  { config }: Consumer,
  { headers, payload }: StoredMessage,
): Pick<StoredMessage, "headers" | "payload"> {
  if (!config.headers_only) return { headers, payload };
  return { headers: withHeader(headers, "Nats-Msg-Size", payload.length), payload: "" };
}

function record(consumer: Consumer, sequence: number): void {
  const { progress, config, open, home, idleness } = consumer;
  consumer.touch();
  const delivery = progress.nextDelivery++;
  if (config.ack_policy === "none") {
    progress.ackedDelivery = delivery;
    progress.ackedSequence = sequence;
    home.router.turn.later(() => home.released(sequence, consumer));
  } else {
    open.track(sequence, delivery);
  }
  idleness.touch();
  consumer.lastDeliveredUnixMs = home.clock.unixMs();
}

/** Nobody asks. A server with this quirk takes even what was to be delivered again for new. */
function undo(consumer: Consumer, { message, deliveries }: Due): void {
  const { progress, redeliveries, home, numPending } = consumer;
  consumer.touch();
  if (deliveries === 1 || home.quirks.forgetsRedeliveries) progress.nextSequence -= 1;
  if (deliveries === 1) return numPending.undelivered();
  if (home.quirks.forgetsRedeliveries) return;
  progress.redelivered.set(message.sequence, deliveries - 2);
  redeliveries.add(message.sequence);
}

function undelivered(consumer: Consumer, sequence: number): void {
  if (!consumer.progress.pending.has(sequence)) return;
  consumer.redeliveries.add(sequence);
  consumer.wake();
}
