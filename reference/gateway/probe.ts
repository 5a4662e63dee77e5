import { messageOf } from "../../core/mod.ts";
import type { Environment } from "../ports/mod.ts";

/** Redis and NATS as one gateway sees them at this moment. */
export interface Probe {
  readonly healthy: boolean;
  readonly detail: {
    readonly redis: { readonly ok: boolean; readonly ping_ms?: number; readonly because?: string };
    readonly nats: { readonly connected: boolean };
  };
}

/** Asks Redis for a ping and NATS for its connection. Never rejects. */
export async function probe({ store, bus }: Pick<Environment, "store" | "bus">): Promise<Probe> {
  const nats = { connected: bus.connected() };
  try {
    const pingMs = await store.ping();
    const redis = { ok: true, ping_ms: Number(pingMs.toFixed(3)) };
    return { healthy: nats.connected, detail: { redis, nats } };
  } catch (thrown) {
    return { healthy: false, detail: { redis: { ok: false, because: messageOf(thrown) }, nats } };
  }
}
