import type { EngineArm, ServerArm } from "./arms.test-support.ts";
import { bySubscription } from "./normal-form.test-support.ts";
import type { Frame } from "./frames.test-support.ts";

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

/** Does the same with both, step by step, and compares what they say. Ends at the first difference. */
export async function play(
  steps: readonly Step[],
  arms: { engine: EngineArm; server: ServerArm },
  accept: (frames: readonly string[]) => readonly string[] = (frames) => frames,
): Promise<Difference | undefined> {
  const { engine, server } = arms;
  const heard: { engine: Frame[]; server: Frame[] } = { engine: [], server: [] };
  for (const step of steps) {
    engine.send(textOf(step, heard.engine));
    const { until } = step;
    if (until) engine.clock.advanceUntil(() => engine.frames.length >= until.frames, until.withinMs);
    server.send(textOf(step, heard.server));
    await server.settle(until?.frames ?? engine.frames.length);
    const said = { engine: engine.frames.splice(0), server: server.frames.splice(0) };
    heard.engine.push(...said.engine);
    heard.server.push(...said.server);
    const [one, other] = [accept(bySubscription(said.engine)), accept(bySubscription(said.server))];
    if (JSON.stringify(one) !== JSON.stringify(other)) return { step: describe(step), engine: one, server: other };
  }
  return undefined;
}

function textOf({ send = "" }: Step, heard: readonly Frame[]): string {
  return typeof send === "string" ? send : send(heard);
}

function describe({ about, send }: Step): string {
  return typeof send === "string" ? `${about}: ${send.trim()}` : about;
}
