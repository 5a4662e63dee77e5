import type { FaultWindow, HealthReadEvent, History } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { severing } from "./severing.ts";

/**
 * A fault of a link that was set up is not yet one that anybody felt: a replica may have another way to the server.
 * So whoever is cut off from Redis or NATS must be heard to say so itself, by its health as seen from outside; and of
 * one to which Redis is far away, the median of its own pings must last as long as one way was to take.
 *
 * The verdict is `unknown` when nobody heard the replica while the fault was in force, when a delay did not show, and
 * when a silence from NATS did not, since a client takes seconds to notice one.
 */
export function linkFaultsAreFelt(): Check {
  return check("link faults are felt", strikesIn, judge, {
    subjects: "replicas struck by a fault of a link",
    none: "no replica was cut off from a server, or far from Redis",
    seen: "each felt it, by its own word",
  });
}

/** One replica that a fault separates from a server, and what it said meanwhile. */
interface Strike {
  readonly fault: FaultWindow;
  readonly target: string;
  readonly server: string;
  /** Only those that tell of the servers. */
  readonly reads: readonly HealthReadEvent[];
}

function strikesIn({ faults, healthReads, endedAt }: History): Strike[] {
  return faults.flatMap((fault) => {
    const { struckAt, healAt = endedAt, targets, to: server } = fault;
    if (struckAt === undefined || server === undefined || !isExamined(fault)) return [];
    return targets.map((target) => ({
      ...{ fault, target, server },
      reads: healthReads.filter(
        ({ replica, at, without }) => replica === target && without !== undefined && at >= struckAt && at < healAt,
      ),
    }));
  });
}

function isExamined({ action, to, delayMs }: FaultWindow): boolean {
  if (to === "redis") return severing.has(action) || delayMs !== undefined;
  return to === "nats" && severing.has(action);
}

function judge(strike: Strike): Finding {
  const { fault, target, server, reads } = strike;
  if (reads.length === 0) return { unexamined: `nobody heard from ${target} about ${server} during ${fault.fault}` };
  return fault.delayMs === undefined ? severed(strike) : delayed(strike, fault.delayMs);
}

function severed({ fault, target, server, reads }: Strike): Finding {
  if (reads.some(({ without = [] }) => without.includes(server))) return undefined;
  const because = `${target} said ${reads.length} times that it reaches ${server}, and never that it does not`;
  const isNoticedAtOnce = server === "redis" || fault.action === "cut";
  return isNoticedAtOnce
    ? { subject: fault.fault, because, at: fault.beginAt }
    : { unexamined: `${because}, during ${fault.fault}` };
}

function delayed({ fault, target, reads }: Strike, delayMs: number): Finding {
  const pings = Float64Array.from(reads, ({ redisPingMs = Infinity }) => redisPingMs).toSorted();
  const medianMs = pings[Math.floor(pings.length / 2)] ?? 0;
  if (medianMs >= delayMs) return undefined;
  const measured = `${target} measured ${medianMs.toFixed(1)} ms to redis and back (median of ${pings.length})`;
  return { unexamined: `${measured} during ${fault.fault}, where each way was to take ${delayMs} ms` };
}
