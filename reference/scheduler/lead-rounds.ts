import { makeRounds } from "../replica/rounds.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import type { WorkerNews } from "./worker-watch.ts";

/** A leader's work that comes in rounds. */
export interface NewsRounds {
  readonly name: string;
  readonly everyMs: number;
  /** News that call for a round at once. */
  readonly wakeOn: readonly WorkerNews[];
  /** @param woken - whether news called for this round */
  round(woken: boolean): Promise<void>;
}

/** Makes rounds until the signal aborts, and whenever there is news of workers that calls for one. */
export function leadRounds(
  { env, workers }: SchedulerContext,
  signal: AbortSignal,
  { wakeOn, ...rounds }: NewsRounds,
): Promise<void> {
  const listen = (ring: () => void): (() => void) =>
    workers.onNews((news) => {
      if (wakeOn.includes(news)) ring();
    });
  return makeRounds(env, signal, { ...rounds, listen });
}
