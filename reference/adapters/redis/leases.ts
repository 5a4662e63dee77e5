import { messageOf } from "../../../core/mod.ts";
import type { CampaignOptions, Leadership, Leases, Metrics, Redis } from "../../ports/mod.ts";
import { HeldKey, takeKey, withdraw, type Grant, type HolderParts } from "./held-key.ts";
import { boundlessKeys, redisKeys } from "./key-store.ts";

/** What leases are made of. */
export interface LeaseParts extends Pick<HolderParts, "clock" | "random" | "witness" | "log" | "instance"> {
  readonly redis: Redis;
  readonly metrics: Pick<Metrics, "count" | "set">;
}

/**
 * Leases in Redis: SET NX PX with a token, renewed at a third of the TTL; `GET <key>` shows the leader as
 * `<instance>:<id>`. `<key>:epoch` counts the terms.
 *
 * The others try again about four times in a TTL, so a leader that dies is followed within about 1.3 TTL. A leader
 * that is told to stop keeps its lease until `lead` has returned, and gives it up then: nobody else leads meanwhile.
 * One that returns, or throws, while it still leads gives it up too, and campaigns again after a pause.
 */
export function redisLeases(parts: LeaseParts): Leases {
  // After the key, never before: whoever counts while it surely holds the key gets a number above all earlier leaders'.
  const countTerm = async (key: string): Promise<number> => Number(await parts.redis.command("INCR", `${key}:epoch`));
  return leasesIn({ ...parts, store: redisKeys(parts.redis), renew: true, guard: "lease", countTerm });
}

/** Left out: the lease. Every replica leads, and the witness sees the same events. */
export function unguardedLeases(parts: Omit<LeaseParts, "redis">): Leases {
  return leasesIn({ ...parts, store: boundlessKeys, renew: true, guard: "lease", countTerm: () => Promise.resolve(1) });
}

interface CampaignParts extends HolderParts {
  readonly metrics: LeaseParts["metrics"];
  countTerm(key: string): Promise<number>;
}

interface Term {
  readonly epoch: number;
  readonly held: HeldKey;
}

type Lead = (leadership: Leadership) => Promise<void>;

function leasesIn(parts: CampaignParts): Leases {
  return {
    async campaign(options, lead) {
      parts.metrics.set("leaseHeld", 0, { lease: options.key });
      while (!options.signal.aborted) {
        const term = await tryToBegin(parts, options);
        if (term) await serve(parts, term, options, lead);
        await parts.clock.sleep(pauseMs(parts, options.ttlMs), options.signal);
      }
    },
  };
}

/** A quarter of the TTL, give or take a quarter of that, so that the others do not all ask at once. */
function pauseMs({ random }: CampaignParts, ttlMs: number): number {
  return (ttlMs / 4) * (0.75 + random.next() / 2);
}

/** Nothing when somebody else leads, or Redis is away: there is always a next time. */
async function tryToBegin(parts: CampaignParts, options: CampaignOptions): Promise<Term | undefined> {
  try {
    const grant = await takeKey(parts, options.key, options.ttlMs);
    return grant && (await beginTerm(parts, grant, options.signal));
  } catch (thrown) {
    parts.log.debug("campaign failed", { lease: options.key, because: messageOf(thrown) });
    return undefined;
  }
}

async function beginTerm(parts: CampaignParts, grant: Grant, ending: AbortSignal): Promise<Term | undefined> {
  try {
    const epoch = await parts.countTerm(grant.key);
    if (parts.clock.now() < grant.validUntil && !ending.aborted) return { epoch, held: new HeldKey(parts, grant) };
  } catch (thrown) {
    withdraw(parts, grant);
    throw thrown;
  }
  withdraw(parts, grant);
  return undefined;
}

async function serve(parts: CampaignParts, { epoch, held }: Term, options: CampaignOptions, lead: Lead): Promise<void> {
  const { metrics, log } = parts;
  const labels = { lease: options.key };
  metrics.count("leaseTerms", labels);
  metrics.set("leaseHeld", 1, labels);
  held.signal.addEventListener("abort", () => metrics.set("leaseHeld", 0, labels));
  log.info("leading", { ...labels, epoch });
  try {
    await lead({ epoch, signal: AbortSignal.any([held.signal, options.signal]) });
  } catch (thrown) {
    log.error("leader failed", { ...labels, epoch, because: messageOf(thrown) });
  }
  await held.release();
  metrics.set("leaseHeld", 0, labels);
  log.info("leads no longer", { ...labels, epoch });
}
