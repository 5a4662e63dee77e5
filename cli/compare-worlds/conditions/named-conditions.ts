import { UsageError } from "../../../core/mod.ts";
import { quietConditions, type Latency, type SimConditions } from "../../../worlds/sim/mod.ts";
import { measureLoopback } from "./loopback.ts";

/** What the simulated network and clocks are like, and how to say it. */
export interface NamedConditions {
  readonly conditions: SimConditions;
  readonly words: string;
}

/** What `--conditions` may say, for the help of commands. */
export const conditionsHelp =
  "latencies of the simulated network: quiet (a fixed set), or measured (this machine's loopback)";

/**
 * The conditions of a name. `measured` asks the machine, by a callback that only tests replace.
 *
 * @throws UsageError when there are none of that name.
 */
export async function conditionsNamed(
  name: string,
  signal: AbortSignal,
  measure: (signal: AbortSignal) => Promise<Latency> = measureLoopback,
): Promise<NamedConditions> {
  if (name === "quiet") return { conditions: quietConditions, words: `quiet conditions (${inWords(quietConditions)})` };
  if (name !== "measured")
    throw new UsageError(`There are no conditions "${name}"`, "use --conditions quiet or measured");
  const conditions = { ...quietConditions, latency: await measure(signal) };
  return { conditions, words: `latencies measured on this machine's loopback (${inWords(conditions)})` };
}

function inWords({ latency: { minMs, meanMs, maxMs } }: SimConditions): string {
  return `one way at least ${minMs} ms, ${meanMs} on average, ${maxMs} at most`;
}
