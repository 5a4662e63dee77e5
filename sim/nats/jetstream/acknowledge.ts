import type { Bytes } from "../../bytes.ts";
import type { Consumer } from "./consumer.ts";
import { fieldsOf, isObject } from "./go-json.ts";
import { takePull } from "./take-pull.ts";

/** An answer to a delivery: what its reply subject says, and what the client says. */
export interface Ack {
  readonly deliveries: number;
  readonly sequence: number;
  readonly delivery: number;
}

const nanosInMs = 1e6;

/** The numbers of `$JS.ACK.<stream>.<consumer>.<deliveries>.<sequence>.<delivery>.<time>.<pending>`. */
export function readAckSubject(tokens: readonly string[]): Ack {
  const numberOf = (token: string | undefined): number => (/^\d+$/.test(token ?? "") ? Number(token) : -1);
  return { deliveries: numberOf(tokens[4]), sequence: numberOf(tokens[5]), delivery: numberOf(tokens[6]) };
}

/** Does what a client answers to a delivery, and confirms it when the client asked for that. */
export function acknowledge(consumer: Consumer, ack: Ack, body: Bytes, reply: string | undefined): void {
  if (body.startsWith("+NXT")) {
    settle(consumer, ack, { isSampled: true });
    if (reply !== undefined) takePull(consumer, reply, body.slice(4));
  } else {
    obey(consumer, ack, body);
    if (reply !== undefined && ack.sequence !== 0) consumer.home.router.publish({ subject: reply, payload: "" });
  }
  consumer.idleness.touch();
}

function obey(consumer: Consumer, ack: Ack, body: Bytes): void {
  const { ignoresTermReason } = consumer.home.quirks;
  if (body === "" || body === "+ACK" || body === "+OK") settle(consumer, ack, { isSampled: true });
  else if (body.startsWith("-NAK")) handBack(consumer, ack, body.slice(4).trim());
  else if (body === "+WPI") consumer.open.extend(ack.sequence);
  else if (body === "+TERM") terminate(consumer, ack);
  else if (body.startsWith("+TERM") && !ignoresTermReason) terminate(consumer, ack, body.slice(5).trim());
}

/** It is never to be delivered again. */
function terminate(consumer: Consumer, ack: Ack, reason = ""): void {
  settle(consumer, ack, { isSampled: false });
  consumer.home.advisories.terminated({ ...factsOf(consumer, ack), ...(reason === "" ? {} : { reason }) });
}

/** The stream has let go of a message: nobody needs to acknowledge it any more. */
export function forget(consumer: Consumer, sequence: number, subject: string): void {
  const { progress, home, numPending } = consumer;
  if (sequence >= progress.nextSequence && consumer.matches(subject)) numPending.removed(sequence);
  const pending = progress.pending.get(sequence);
  if (!pending) return;
  // Counted from none as soon as anything was delivered again: so does the server.
  const deliveries = progress.redelivered.get(sequence) ?? (consumer.hasRedelivered ? 0 : 1);
  home.router.turn.later(() => terminate(consumer, { sequence, delivery: pending.delivery, deliveries }));
}

function settle(consumer: Consumer, ack: Ack, { isSampled }: { isSampled: boolean }): void {
  const { progress, config, home } = consumer;
  if (config.ack_policy === "none") return;
  const isAll = config.ack_policy === "all";
  const wasFull = progress.pending.size >= (config.max_ack_pending || Infinity);
  const makesRoom = wasFull && (isAll || progress.pending.has(ack.sequence));
  consumer.touch();
  const released = isAll ? settleUpTo(consumer, ack) : settleOne(consumer, ack, isSampled);
  if (released.length === 0) return;
  consumer.lastAckedUnixMs = home.clock.unixMs();
  for (const sequence of released) home.released(sequence, consumer);
  if (makesRoom) consumer.wake();
}

function settleOne(consumer: Consumer, ack: Ack, isSampled: boolean): number[] {
  const { progress, redeliveries } = consumer;
  const pending = progress.pending.get(ack.sequence);
  if (pending && isSampled) sample(consumer, ack, pending.sinceMs);
  progress.pending.delete(ack.sequence);
  moveFloor(consumer, ack.sequence, pending?.delivery ?? ack.delivery);
  progress.redelivered.delete(ack.sequence);
  redeliveries.remove(ack.sequence);
  return [ack.sequence];
}

/** The floor is below the first delivery that is still open. */
function moveFloor({ progress }: Consumer, sequence: number, delivery: number): void {
  if (progress.pending.size === 0) {
    progress.ackedDelivery = progress.nextDelivery - 1;
    progress.ackedSequence = progress.nextSequence - 1;
  } else if (delivery === progress.ackedDelivery + 1) {
    [progress.ackedDelivery, progress.ackedSequence] = [delivery, sequence];
    for (let after = sequence + 1; after < progress.nextSequence; after++) {
      const open = progress.pending.get(after);
      if (!open) continue;
      if (open.delivery > 0) [progress.ackedDelivery, progress.ackedSequence] = [open.delivery - 1, after - 1];
      return;
    }
  }
}

function settleUpTo({ progress, redeliveries }: Consumer, ack: Ack): number[] {
  if (ack.delivery <= progress.ackedDelivery || ack.sequence <= progress.ackedSequence) return [];
  const released: number[] = [];
  for (let sequence = ack.sequence; sequence > progress.ackedSequence; sequence--) {
    progress.pending.delete(sequence);
    progress.redelivered.delete(sequence);
    redeliveries.remove(sequence);
    released.push(sequence);
  }
  [progress.ackedDelivery, progress.ackedSequence] = [ack.delivery, ack.sequence];
  return released;
}

function handBack(consumer: Consumer, ack: Ack, argument: string): void {
  const { progress, redeliveries, home, open } = consumer;
  if (ack.delivery <= progress.ackedDelivery || ack.delivery >= progress.nextDelivery + 1) return;
  if (progress.pending.size > 0 && !progress.pending.has(ack.sequence)) return;
  home.advisories.naked(factsOf(consumer, ack));
  const delayMs = argument === "" ? undefined : readDelay(argument);
  if (delayMs !== undefined) return open.postpone(ack.sequence, delayMs);
  redeliveries.add(ack.sequence);
  consumer.wake();
}

/** `{"delay": nanoseconds}`, or a duration as Go writes it. Undefined when it is neither: then there is no delay. */
function readDelay(argument: string): number | undefined {
  if (!argument.startsWith("{")) return readGoDuration(argument);
  try {
    const value: unknown = JSON.parse(argument);
    const fields = isObject(value) ? fieldsOf(value, { delay: "int" }) : undefined;
    return fields && ((fields["delay"] as number | undefined) ?? 0) / nanosInMs;
  } catch {
    // The server logs it, and takes the answer as one without a delay.
    return undefined;
  }
}

const unitsInMs: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 };

function readGoDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^[+-]?(\d+(\.\d*)?(ns|us|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?)(ns|us|ms|s|m|h)/g)];
  const sum = parts.reduce((total, [, amount, unit]) => total + Number(amount) * unitsInMs[unit!]!, 0);
  return text.startsWith("-") ? -sum : sum;
}

function sample(consumer: Consumer, ack: Ack, sinceMs: number): void {
  const { config, home } = consumer;
  const percent = Number((config.sample_freq ?? "0").replace(/%$/, ""));
  if (percent <= 0 || (percent < 100 && home.random.int(100) > percent)) return;
  const { deliveries, ...facts } = factsOf(consumer, ack);
  const ackTime = Math.round((home.clock.now() - sinceMs) * nanosInMs);
  home.advisories.acknowledged({ ...facts, ack_time: ackTime, deliveries });
}

function factsOf({ home, name }: Consumer, ack: Ack): Parameters<Consumer["home"]["advisories"]["naked"]>[0] {
  const { delivery, sequence, deliveries } = ack;
  return { stream: home.name, consumer: name, consumer_seq: delivery, stream_seq: sequence, deliveries };
}
