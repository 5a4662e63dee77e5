import type { Witness } from "../../../core/mod.ts";
import type { Network } from "../../../sim/mod.ts";
import { witnessedEffects } from "../../inside/effect-rule.ts";
import type { SinkAnswer, SinkRequest } from "./sink-wire.ts";

/** Puts the effect sink on the simulated network, as the host `sink`. It belongs to the harness. */
export function serveSink(network: Network, witness: Witness): void {
  const decide = witnessedEffects(witness);
  network.listen({ name: "sink" }, (connection) => ({
    received(message) {
      const { number, effect } = message as SinkRequest;
      const answer: SinkAnswer = { number, decision: decide(effect) };
      connection.send(answer, 1, `${answer.decision} ${effect.job}`);
    },
    closed() {},
  }));
}
