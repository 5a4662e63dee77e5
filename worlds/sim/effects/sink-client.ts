import { EnvironmentError, type Clock, type Timer } from "../../../core/mod.ts";
import type { Connection } from "../../../sim/mod.ts";
import type { Effect, EffectDecision, EffectSinkClient } from "../../inside/effect.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import type { SinkAnswer, SinkRequest } from "./sink-wire.ts";

interface Waiting {
  readonly effect: Effect;
  readonly timer: Timer;
  readonly resolve: (decision: EffectDecision) => void;
}

const answerWithinMs = 5_000;

/** A worker's line to the sink over the simulated network: made with the first effect, and again when it broke. */
export function simSinkClient(network: RealmNetwork, clock: Clock): EffectSinkClient {
  const waiting = new Map<number, Waiting>();
  let lastNumber = 0;
  let line: Connection | undefined;

  const open = (): Connection =>
    network.connect("sink", {
      received(message) {
        const { number, decision } = message as SinkAnswer;
        const found = waiting.get(number);
        waiting.delete(number);
        found?.timer.cancel();
        found?.resolve(decision);
      },
      closed: repeat,
    });

  function repeat(): void {
    line = waiting.size === 0 ? undefined : open();
    for (const [number, { effect }] of waiting) send(number, effect);
  }

  function send(number: number, effect: Effect): void {
    const request: SinkRequest = { number, effect };
    line?.send(request, 1, `effect ${effect.job}`);
  }

  return {
    apply(effect) {
      const number = ++lastNumber;
      line ??= open();
      return new Promise((resolve, reject) => {
        const timer = clock.after(answerWithinMs, () => waiting.delete(number) && reject(away()));
        waiting.set(number, { effect, timer, resolve });
        send(number, effect);
      });
    },
    close: () => line?.close(),
  };
}

function away(): EnvironmentError {
  return new EnvironmentError(
    "sink_away",
    `The effect sink does not answer within ${answerWithinMs} ms`,
    "the simulated network takes longer than that: check the conditions",
  );
}
