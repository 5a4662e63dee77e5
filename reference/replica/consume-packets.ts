import { decodePacket, type Packet, type Payloads } from "../domain/packets.ts";
import { streams } from "../domain/subjects.ts";
import type { Consumption, Delivery, Disposition, Environment } from "../ports/mod.ts";
import { bury } from "./bury.ts";

/** A subject of the system stream that all replicas of a role consume together. */
export interface Intake<Context, Kind extends keyof Payloads> {
  readonly subject: string;
  readonly kind: Kind;
  /** What decoding cannot tell. @defaultValue everything that decodes is accepted */
  readonly accepts?: (payload: Payloads[Kind]) => boolean;
  readonly handle: (context: Context, payload: Payloads[Kind], delivery: Delivery) => Promise<Disposition>;
}

/** Who consumes, and how much at once. */
export interface Intaking {
  readonly queue: string;
  readonly concurrency: number;
}

/** Consumes a subject of the system stream. */
export function consumePackets<Context extends { readonly env: Environment }, Kind extends keyof Payloads>(
  context: Context,
  { subject, kind, accepts = () => true, handle }: Intake<Context, Kind>,
  intaking: Intaking,
): Promise<Consumption> {
  const { env } = context;
  // Without the store every message would only be held up here.
  const able = (): boolean => env.store.pool().connections > 0;
  return env.bus.consume({ stream: streams.system.name, subject, able, ...intaking }, (delivery) => {
    const packet: Packet<Kind> | undefined = decodePacket(kind, delivery.body);
    return packet && accepts(packet.payload)
      ? handle(context, packet.payload, delivery)
      : bury(env, streams.system.name, delivery);
  });
}

/** All of them or none: when one cannot be begun, those that were are stopped. */
export async function allOrNone(starting: readonly Promise<Consumption>[]): Promise<Consumption[]> {
  try {
    return await Promise.all(starting);
  } catch (thrown) {
    const begun = (await Promise.allSettled(starting)).filter((start) => start.status === "fulfilled");
    await Promise.allSettled(begun.map((start) => start.value.stop()));
    throw thrown;
  }
}
