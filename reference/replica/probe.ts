import { messageOf } from "../../core/mod.ts";
import type { Environment } from "../ports/mod.ts";

/** Redis and NATS as one replica sees them at this moment. */
export interface Probe {
  readonly healthy: boolean;
  readonly detail: {
    readonly redis: { readonly ok: boolean; readonly ping_ms?: number; readonly because?: string };
    readonly nats: { readonly connected: boolean };
  };
}

/** Longer than a Redis takes that is of use, and shorter than whoever asks for the health will wait. */
const pingWithinMs = 500;

/** Asks Redis for a ping, which it must answer within 500 ms, and NATS for its connection. Never rejects. */
export async function probe({ store, bus, clock }: Pick<Environment, "store" | "bus" | "clock">): Promise<Probe> {
  const late = Promise.withResolvers<never>();
  const timer = clock.after(pingWithinMs, () => late.reject(new Error(`no answer within ${pingWithinMs} ms`)));
  const connected = (): { connected: boolean } => ({ connected: bus.connected() });
  try {
    const pingMs = await Promise.race([store.ping(), late.promise]);
    const nats = connected();
    return { healthy: nats.connected, detail: { redis: { ok: true, ping_ms: Number(pingMs.toFixed(3)) }, nats } };
  } catch (thrown) {
    return { healthy: false, detail: { redis: { ok: false, because: messageOf(thrown) }, nats: connected() } };
  } finally {
    timer.cancel();
  }
}
