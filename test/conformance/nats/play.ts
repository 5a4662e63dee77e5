import type { EngineArm, ServerArm } from "./arms.ts";
import { bySubscription, normalForm } from "./normal-form.ts";
import type { Frame } from "./frames.ts";

/** One thing that a client does, or time that passes. */
export interface Step {
  /** What the client sends. A function is given what was heard so far. */
  readonly send?: string | ((heard: readonly Frame[]) => string);
  /** Time passes, at most so long, until the server has said so many things. */
  readonly until?: { readonly frames: number; readonly withinMs: number };
  /** What the step is there for. */
  readonly about: string;
}

/** Where two servers answered differently. */
export interface Difference {
  readonly step: string;
  readonly engine: readonly string[];
  readonly server: readonly string[];
}

/** Does the same with both, and compares what they say. */
export class Play {
  readonly #arms: { readonly engine: EngineArm; readonly server: ServerArm };
  readonly #heard: { readonly engine: Frame[]; readonly server: Frame[] } = { engine: [], server: [] };

  constructor(arms: { readonly engine: EngineArm; readonly server: ServerArm }) {
    this.#arms = arms;
  }

  /** Goes on until they differ. */
  async run(steps: readonly Step[]): Promise<Difference | undefined> {
    for (const step of steps) {
      const difference = await this.take(step);
      if (difference) return difference;
    }
    return undefined;
  }

  async take(step: Step): Promise<Difference | undefined> {
    const { engine, server } = this.#arms;
    const { until } = step;
    engine.send(textOf(step, this.#heard.engine));
    if (until) engine.clock.advanceUntil(() => engine.frames.length >= until.frames, until.withinMs);
    server.send(textOf(step, this.#heard.server));
    await server.settle(until?.frames ?? engine.frames.length);
    const said = {
      engine: bySubscription(engine.frames.splice(0)),
      server: bySubscription(server.frames.splice(0)),
    };
    this.#heard.engine.push(...said.engine);
    this.#heard.server.push(...said.server);
    const [one, other] = [said.engine.map(normalForm), said.server.map(normalForm)];
    if (JSON.stringify(one) === JSON.stringify(other)) return undefined;
    return { step: describe(step), engine: one, server: other };
  }
}

function textOf({ send = "" }: Step, heard: readonly Frame[]): string {
  return typeof send === "string" ? send : send(heard);
}

function describe({ about, send }: Step): string {
  return typeof send === "string" ? `${about}: ${send.trim()}` : about;
}
