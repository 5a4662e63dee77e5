import fc from "fast-check";

import type { ConformanceOptions, ConformanceResult } from "../suite.ts";
import type { Arm, Sent } from "./arms.ts";
import { compare } from "./compare.ts";
import { sequences } from "./sequences.ts";

/** Long enough that values meet, short enough to shrink. */
const sequenceLength = 100;
const sequencesAtOnce = 50;

/** Carries out random sequences on both until there were enough commands, or one is answered differently. */
export async function explore(real: Arm, ours: Arm, options: ConformanceOptions): Promise<ConformanceResult> {
  let commands = 0;
  for (let round = 0; commands < options.commands; round++) {
    const property = fc.asyncProperty(sequences(sequenceLength), async (sequence) => {
      commands += sequence.length;
      return (await compare(real, ours, sequence)) === undefined;
    });
    const numRuns = Math.min(sequencesAtOnce, Math.ceil((options.commands - commands) / sequenceLength));
    const details = await fc.check(property, { seed: options.seed + round, numRuns });
    const [smallest] = details.counterexample ?? [];
    if (smallest) return { commands, divergence: await describe(real, ours, smallest, details.seed) };
    if (details.failed) throw details.errorInstance;
    options.onProgress(commands);
  }
  return { commands, divergence: undefined };
}

async function describe(real: Arm, ours: Arm, sequence: readonly Sent[], seed: number): Promise<string> {
  const divergence = await compare(real, ours, sequence);
  const lines = sequence.map(({ connection, words }) => `  ${connection}> ${words.map(quoted).join(" ")}`);
  const last = divergence
    ? [`  Redis   ${JSON.stringify(divergence.real)}`, `  engine  ${JSON.stringify(divergence.ours)}`]
    : ["  (not seen again when repeated)"];
  const shown = divergence ? lines.slice(0, divergence.index + 1) : lines;
  return [`seed ${seed}, connection> command:`, ...shown, ...last].join("\n");
}

function quoted(word: string): string {
  return /^[\w.+*([{:-]+$/.test(word) ? word : JSON.stringify(word);
}
