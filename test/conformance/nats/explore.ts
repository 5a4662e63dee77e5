import fc from "fast-check";

import type { ConformanceOptions, ConformanceResult } from "../suite.ts";
import { EngineArm, ServerArm } from "./arms.ts";
import { Play, type Difference, type Step } from "./play.ts";
import { deleteStreams } from "./requests.ts";
import { sequences, subscriptions, type Make } from "./sequences.ts";

/** Long enough that things meet, short enough to shrink. */
const sequenceLength = 80;
const sequencesAtOnce = 50;
/** The real server does several things at once: a difference that does not come again is chance. */
const attempts = 3;
const settleWithinMs = 1_000;

let sequencesPlayed = 0;

/** Carries out random sequences on both until there were enough steps, or one is answered differently. */
export async function explore(port: number, options: ConformanceOptions): Promise<ConformanceResult> {
  let commands = 0;
  for (let round = 0; commands < options.commands; round++) {
    const property = fc.asyncProperty(sequences(sequenceLength), async (sequence) => {
      commands += sequence.length;
      return (await firmDifference(port, sequence)) === undefined;
    });
    const details = await fc.check(property, { seed: options.seed + round, numRuns: sequencesAtOnce });
    const [smallest] = details.counterexample ?? [];
    if (smallest) return { commands, divergence: await describe(port, smallest, details.seed) };
    if (details.failed) throw details.errorInstance;
    options.onProgress(commands);
  }
  return { commands, divergence: undefined };
}

async function firmDifference(port: number, sequence: readonly Make[]): Promise<Difference | undefined> {
  let difference: Difference | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    difference = (await playSequence(port, sequence)).difference;
    if (!difference) return undefined;
  }
  return difference;
}

async function playSequence(
  port: number,
  sequence: readonly Make[],
): Promise<{ steps: readonly Step[]; difference: Difference | undefined }> {
  const number = ++sequencesPlayed;
  const names = { streams: [`S${number}`, `T${number}`], prefix: `r${number}` } as const;
  const steps = sequence.map((make) => make(names));
  const [engine, server] = [new EngineArm(), await ServerArm.open(port, settleWithinMs)];
  try {
    const difference = await new Play({ engine, server }).run([{ about: "subscribe", send: subscriptions }, ...steps]);
    return { steps, difference };
  } finally {
    server.send(deleteStreams(names.streams));
    await server.settle(0);
    server.close();
    engine.close();
  }
}

async function describe(port: number, sequence: readonly Make[], seed: number): Promise<string> {
  const { steps, difference } = await playSequence(port, sequence);
  const lines = steps.map(({ about, send }) => `  ${about}${typeof send === "string" ? `: ${send.trim()}` : ""}`);
  const last = difference
    ? [`at ${difference.step}`, "engine", ...difference.engine, "nats-server", ...difference.server]
    : ["  (not seen again when repeated)"];
  return [`seed ${seed}`, ...lines, ...last].join("\n");
}
