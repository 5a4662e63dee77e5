import { decodePacket, type Packet, type Payloads } from "../domain/packets.ts";
import { unreadable, unreadableLetter } from "../domain/poison.ts";
import { schedulerQueue, streams } from "../domain/subjects.ts";
import type { Consumption, Delivery, Disposition, Environment } from "../ports/mod.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** One of the subjects that all schedulers consume together. */
export interface Intake<Kind extends keyof Payloads> {
  readonly subject: string;
  readonly kind: Kind;
  /** What decoding cannot tell. @defaultValue everything that decodes is accepted */
  readonly accepts?: (payload: Payloads[Kind]) => boolean;
  readonly handle: (context: SchedulerContext, payload: Payloads[Kind]) => Promise<Disposition>;
}

/** Consumes a subject of the system stream. */
export function consumePackets<Kind extends keyof Payloads>(
  context: SchedulerContext,
  { subject, kind, accepts = () => true, handle }: Intake<Kind>,
): Promise<Consumption> {
  const { env, config } = context;
  const options = {
    stream: streams.system.name,
    subject,
    queue: schedulerQueue,
    concurrency: config.schedulerConcurrency,
  };
  return env.bus.consume(options, (delivery) => {
    const packet: Packet<Kind> | undefined = decodePacket(kind, delivery.body);
    return packet && accepts(packet.payload) ? handle(context, packet.payload) : bury(env, delivery);
  });
}

/** What nobody can read is dead-lettered, and only then ended. */
async function bury({ deadLetters, metrics, clock }: Environment, delivery: Delivery): Promise<Disposition> {
  const { subject, body, deliveries } = delivery;
  const message = { stream: streams.system.name, subject, body, deliveries };
  await deadLetters.record(unreadableLetter(message, clock.unixMs()));
  metrics.count("poisonMessages", { subject });
  metrics.count("deadLetters", { cause: unreadable });
  return { reject: unreadable };
}
