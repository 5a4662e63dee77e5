import type { Clock } from "../../core/mod.ts";
import type { Log } from "../ports/mod.ts";
import type { Background } from "./background.ts";
import { settledWithin } from "./settled-within.ts";

/** What is to be ended, and in which time. */
export interface Shutdown {
  readonly clock: Clock;
  readonly log: Log;
  /** SHUTDOWN_TIMEOUT */
  readonly budgetMs: number;
  /** Settles when nothing is in hand any more: what was not started has been handed back, the rest is finished. */
  readonly drained: Promise<unknown>;
  /** Ends leadership; called when everything is drained, or most of the budget is gone. */
  giveUp(): void;
  /** Settles when nothing is led any more. */
  readonly campaigning: Promise<unknown>;
  readonly background: Background;
}

/** Of the budget: for messages in hand, and for giving up leadership. The rest is for closing the connections. */
const drainShare = 0.6;
const giveUpShare = 0.3;

/** Messages first, leadership after them: nobody else leads while this replica still acts. */
export async function shutDown(shutdown: Shutdown): Promise<void> {
  const { clock, log, budgetMs, drained, campaigning, background } = shutdown;
  const inTime = await settledWithin(clock, drainShare * budgetMs, drained);
  shutdown.giveUp();
  const settled = campaigning.then(() => background.settled());
  const givenUp = await settledWithin(clock, giveUpShare * budgetMs, settled);
  if (!inTime || !givenUp) log.warn("shutdown cut short", { drained: inTime, leadershipGivenUp: givenUp });
}
