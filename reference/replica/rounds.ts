import { messageOf } from "../../core/mod.ts";
import type { Environment } from "../ports/mod.ts";
import { Bell } from "./bell.ts";

/** A leader's work that comes in rounds. */
export interface Rounds {
  readonly name: string;
  readonly everyMs: number;
  /**
   * Has `ring` called when a round is due at once; what it returns ends that.
   *
   * @defaultValue nothing calls for a round before its time
   */
  listen?(ring: () => void): () => void;
  /** @param woken - whether the bell called for this round */
  round(woken: boolean): Promise<void>;
}

/** Rounds that the bell calls for are at least this part of the period apart, however often it rings. */
const closestShare = 1 / 30;

/** Makes rounds until the signal aborts: the first at once. A round that fails is logged; the next one tries again. */
export async function makeRounds(
  { clock, log }: Pick<Environment, "clock" | "log">,
  signal: AbortSignal,
  rounds: Rounds,
): Promise<void> {
  const bell = new Bell(clock);
  const stopListening = rounds.listen?.(() => bell.ring());
  try {
    for (let woken = false; !signal.aborted;) {
      await rounds.round(woken).catch((thrown: unknown) => {
        log.warn("a round failed", { part: rounds.name, because: messageOf(thrown) });
      });
      await clock.sleep(rounds.everyMs * closestShare, signal);
      woken = await bell.wait(rounds.everyMs * (1 - closestShare), signal);
    }
  } finally {
    stopListening?.();
  }
}
