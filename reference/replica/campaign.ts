import { messageOf } from "../../core/mod.ts";
import type { Config } from "../config/config.ts";
import type { Environment, Leadership } from "../ports/mod.ts";

/** Something that one replica of a role does for all, under a lease. */
export interface LedPart<Context> {
  /** For the logs. */
  readonly name: string;
  lease(config: Config): { readonly key: string; readonly ttlMs: number };
  /** Does it for one term; returns when the term's signal aborts. */
  lead(context: Context, leadership: Leadership): Promise<void>;
}

/** Leads a part whenever its lease can be had, until the signal aborts. Never rejects: others can lead it. */
export async function campaign<Context extends { readonly env: Environment; readonly config: Config }>(
  context: Context,
  part: LedPart<Context>,
  signal: AbortSignal,
): Promise<void> {
  const { env, config } = context;
  try {
    await env.leases.campaign({ ...part.lease(config), signal }, (leadership) => part.lead(context, leadership));
  } catch (thrown) {
    env.log.error("a campaign ended", { part: part.name, because: messageOf(thrown) });
  }
}
