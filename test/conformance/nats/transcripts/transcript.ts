import type { Step } from "../play.ts";
import { call } from "../requests.ts";

/** A hand-written conversation. What it subscribes to goes before, and its streams are deleted after it. */
export interface Transcript {
  readonly name: string;
  readonly streams?: readonly string[];
  readonly steps: readonly Step[];
}

/** Answers, pulled messages, and advisories, each on a subscription of its own. */
export const subscriptions = "SUB _API.* 1\r\nSUB _PULL.> 2\r\nSUB $JS.EVENT.ADVISORY.CONSUMER.> 3\r\n";

/** A step that only sends. */
export function step(about: string, send: Step["send"] & {}): Step {
  return { about, send };
}

/** A step in which time passes until so many things were said. */
export function wait(about: string, frames: number, withinMs: number): Step {
  return { about, until: { frames, withinMs } };
}

/** Makes a stream with these settings besides its name. */
export function stream(name: string, config: object = {}): Step {
  return step(`stream ${name}`, call(`STREAM.CREATE.${name}`, { name, ...config }));
}

/** Makes a durable consumer with explicit acknowledgement, unless said otherwise. */
export function consumer(of: string, name: string, config: object = {}): Step {
  const whole = { durable_name: name, ack_policy: "explicit", ...config };
  return step(`consumer ${name}`, call(`CONSUMER.CREATE.${of}.${name}`, { stream_name: of, config: whole }));
}

/** A millisecond in nanoseconds, in which JetStream counts. */
export const ms = 1_000_000;
