import { ToxiproxyError, type Proxy, type Toxic as InForce } from "toxiproxy-node-client";

import { EnvironmentError, type Disturbance, type Disturbed } from "../../../core/mod.ts";
import { toxicsOf, type Toxic } from "./toxics.ts";

const answersWithinMs = 5_000;

/** One link's proxy. Disturbances add up, and each heal takes away its own. */
export class LinkProxy {
  /** `127.0.0.1:23456`, where the near end connects to. */
  readonly address: string;
  readonly #proxy: Proxy;
  #lastToxic = 0;
  #cuts = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(proxy: Proxy) {
    this.#proxy = proxy;
    this.address = proxy.listen;
  }

  /** @throws EnvironmentError `toxiproxy_silent` when Toxiproxy does not do as it is told. */
  async disturb(disturbance: Disturbance): Promise<Disturbed> {
    const undo = await this.#inTurn(() =>
      disturbance.kind === "cut" ? this.#cut() : this.#poison(toxicsOf(disturbance)),
    );
    let healing: Promise<void> | undefined;
    return { heal: () => (healing ??= this.#inTurn(undo)) };
  }

  async #cut(): Promise<() => Promise<void>> {
    this.#cuts += 1;
    if (this.#cuts === 1) await this.#enable(false);
    return async () => {
      this.#cuts -= 1;
      if (this.#cuts === 0) await this.#enable(true);
    };
  }

  async #enable(enabled: boolean): Promise<void> {
    const { listen, upstream } = this.#proxy;
    await obeyed(this.#proxy.update({ enabled, listen, upstream }));
  }

  async #poison(toxics: readonly Toxic[]): Promise<() => Promise<void>> {
    const inForce: InForce<unknown>[] = [];
    const undo = async (): Promise<void> => {
      for (const toxic of inForce) await removeIfThere(toxic);
    };
    try {
      for (const toxic of toxics) inForce.push(await this.#add(toxic));
    } catch (thrown) {
      // Half a disturbance is none. That it cannot be taken back either matters less than why.
      await undo().catch(() => undefined);
      throw thrown;
    }
    return undo;
  }

  #add(toxic: Toxic): Promise<InForce<unknown>> {
    this.#lastToxic += 1;
    return obeyed(this.#proxy.addToxic({ ...toxic, name: `${toxic.type}-${this.#lastToxic}`, toxicity: 1 }));
  }

  /** One change after the other, whatever became of the one before. */
  #inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(act, act);
    // Its caller hears what went wrong.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** The reaper may have taken it away already. */
function removeIfThere(toxic: InForce<unknown>): Promise<void> {
  const unlessGone = (thrown: unknown): void => {
    if (!(thrown instanceof ToxiproxyError && thrown.message.includes("404"))) throw thrown;
  };
  return obeyed(toxic.remove().catch(unlessGone));
}

/** What Toxiproxy answers to an order, within a bound: its client has none. */
export async function obeyed<Answer>(order: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${answersWithinMs} ms`)), answersWithinMs);
  try {
    return await Promise.race([order, late.promise]);
  } catch (thrown) {
    throw disobeyed(thrown);
  } finally {
    clearTimeout(timer);
  }
}

function disobeyed(cause: unknown): EnvironmentError {
  return new EnvironmentError(
    "toxiproxy_silent",
    "Toxiproxy does not do as it is told",
    "see logs/toxiproxy.log; is the machine too busy?",
    cause,
  );
}
