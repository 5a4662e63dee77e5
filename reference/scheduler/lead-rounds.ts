import { messageOf } from "../../core/mod.ts";
import { Bell } from "./bell.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import type { WorkerNews } from "./worker-watch.ts";

/** A leader's work that comes in rounds. */
export interface Rounds {
  readonly name: string;
  readonly everyMs: number;
  /** News that call for a round at once. */
  readonly wakeOn: readonly WorkerNews[];
  /** @param woken - whether news called for this round */
  round(woken: boolean): Promise<void>;
}

/** Rounds that news call for are at least this part of the period apart, however many news there are. */
const closestShare = 1 / 30;

/** Makes rounds until the signal aborts: the first at once. A round that fails is logged; the next one tries again. */
export async function leadRounds(
  { env, workers }: SchedulerContext,
  signal: AbortSignal,
  rounds: Rounds,
): Promise<void> {
  const bell = new Bell(env.clock);
  const stopListening = workers.onNews((news) => {
    if (rounds.wakeOn.includes(news)) bell.ring();
  });
  try {
    for (let woken = false; !signal.aborted;) {
      await rounds.round(woken).catch((thrown: unknown) => {
        env.log.warn("a round failed", { part: rounds.name, because: messageOf(thrown) });
      });
      await env.clock.sleep(rounds.everyMs * closestShare, signal);
      woken = await bell.wait(rounds.everyMs * (1 - closestShare), signal);
    }
  } finally {
    stopListening();
  }
}
