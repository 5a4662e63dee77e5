import { ms, readableMs, type Duration, type History, type Measurement, type WorkersReadEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { membershipsOf, type Membership } from "./membership.ts";
import { moment } from "./moment.ts";

/** How soon. */
export interface WorkersAgreeOptions {
  /** From a worker's coming or going until every gateway lists exactly the workers that live. */
  readonly within: Duration;
}

/** In a time this short, a gateway that was not asked proves nothing. */
const shortestMs = 1_000;

/**
 * After each change among the workers, every gateway lists exactly those that live, within the bound, and until the
 * next change. A worker that starts, stops or sleeps may be listed or not.
 */
export function workersAgree({ within }: WorkersAgreeOptions): Check {
  const withinMs = ms(within);
  return check(`workers agree within ${readableMs(withinMs)}`, (history) => listingsOf(history, withinMs), judge, {
    subjects: "stable times of gateways",
    none: "there was no time in which workers lived, a gateway was up, and nothing changed for longer than the bound",
    seen: "each gateway listed exactly the workers that lived",
    measure: (listings) => convergence(listings),
  });
}

/** What one gateway listed while the same workers lived. */
interface Listing {
  readonly gateway: string;
  readonly membership: Membership;
  /** From here on the gateway must be right. */
  readonly stableFromMs: number;
  readonly reads: readonly WorkersReadEvent[];
}

function* listingsOf(history: History, withinMs: number): Generator<Listing> {
  const gateways = [...membershipsOf(history, "gateway")];
  for (const membership of membershipsOf(history, "worker")) {
    const stableFromMs = membership.fromMs + withinMs;
    if (membership.present.size === 0 || membership.toMs - stableFromMs < shortestMs) continue;
    const reads = Map.groupBy(readsWithin(history, membership), (read) => read.via);
    for (const gateway of gatewaysUpFor(membership, gateways, reads.keys())) {
      yield { gateway, membership, stableFromMs, reads: reads.get(gateway) ?? [] };
    }
  }
}

function judge({ gateway, membership, stableFromMs, reads }: Listing): Finding {
  const stable = reads.filter((read) => read.at >= stableFromMs);
  if (stable.length === 0) {
    return { unexamined: `${gateway} was not asked between ${moment(stableFromMs)} and ${moment(membership.toMs)}` };
  }
  const wrong = stable.find((read) => !isRight(read, membership));
  if (!wrong) return undefined;
  const late = readableMs(wrong.at - membership.fromMs);
  const [listed, lived] = [wrong.workers.join(", ") || "nobody", [...membership.present].join(", ")];
  return {
    subject: gateway,
    because: `${late} after ${membership.change} it listed ${listed}; there lived ${lived}`,
    at: wrong.at,
  };
}

/** Exactly those that are there, and perhaps some that nobody can be sure of. */
function isRight({ workers }: WorkersReadEvent, { present, uncertain }: Membership): boolean {
  const listed = new Set(workers);
  return (
    [...present].every((worker) => listed.has(worker)) &&
    workers.every((worker) => present.has(worker) || uncertain.has(worker))
  );
}

/** The gateways that were up all the time; if the world told of none, those that answered. */
function gatewaysUpFor(
  { fromMs, toMs }: Membership,
  gateways: readonly Membership[],
  answered: Iterable<string>,
): string[] {
  const during = gateways.filter((each) => each.fromMs < toMs && each.toMs > fromMs);
  const [first] = during;
  if (!first) return [...answered];
  return [...first.present].filter((gateway) => during.every(({ present }) => present.has(gateway)));
}

function readsWithin({ workersReads }: History, { fromMs, toMs }: Membership): WorkersReadEvent[] {
  return workersReads.filter(({ at }) => at >= fromMs && at < toMs);
}

/** For each change, how long until the last gateway was right and stayed so. */
function convergence(listings: readonly Listing[]): Measurement[] {
  const measured: Measurement[] = [];
  for (const [{ change, fromMs }, own] of Map.groupBy(listings, ({ membership }) => membership)) {
    const rightAt = own.map(rightForGoodAt);
    if (rightAt.some((at) => at === undefined)) continue;
    const value = Math.max(...rightAt.map((at) => at ?? 0)) - fromMs;
    measured.push({ name: `convergenceMs/${change}`, value: Number(value.toFixed(1)) });
  }
  const longest = measured.reduce((most, { value }) => Math.max(most, value), 0);
  return measured.length === 0 ? [] : [{ name: "convergenceMsMax", value: longest }, ...measured];
}

function rightForGoodAt({ membership, reads }: Listing): number | undefined {
  const lastWrong = reads.findLastIndex((read) => !isRight(read, membership));
  return reads[lastWrong + 1]?.at;
}
