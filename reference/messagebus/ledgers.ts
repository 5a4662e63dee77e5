import type { Ledger } from "./bus-stats.ts";

/** A ledger in which nothing happened. */
export const emptyLedger: Ledger = {
  ...{ accepted: 0, delivered: 0, deadLettered: 0, queued: 0 },
  ...{ inBackoff: 0, inHand: 0, givenBack: 0 },
};

/** Two ledgers as one. */
export function addLedgers(one: Ledger, other: Ledger): Ledger {
  return {
    accepted: one.accepted + other.accepted,
    delivered: one.delivered + other.delivered,
    deadLettered: one.deadLettered + other.deadLettered,
    queued: one.queued + other.queued,
    inBackoff: one.inBackoff + other.inBackoff,
    inHand: one.inHand + other.inHand,
    givenBack: one.givenBack + other.givenBack,
  };
}

/** Accepted messages that are nowhere; negative where one is in two places. G12: 0, always. */
export function missing(ledger: Ledger): number {
  const { accepted, delivered, deadLettered, queued, inBackoff, inHand, givenBack } = ledger;
  return accepted - (delivered + deadLettered + queued + inBackoff + inHand + givenBack);
}
