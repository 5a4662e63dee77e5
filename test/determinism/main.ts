import { parseArgs } from "node:util";

import { readWhole } from "../../cli/campaign/choices.ts";
import { exitCodes, messageOf, SeatrialError } from "../../core/mod.ts";
import { startChild } from "./child-runner.ts";
import { explain, firstDifference } from "./first-difference.ts";
import { recipeFor } from "./recipes.ts";

const help = `npm run determinism -- [--seeds N] [--runs N] [--first N]

Runs each of N seeds (100) N times (20) over two processes, and stops at the first run whose trace hash differs from
that of the seed's first run; then it says at which step the two runs part.
`;

const progressEveryMs = 10_000;

try {
  process.exitCode = await main();
} catch (thrown) {
  console.error(`determinism: ${messageOf(thrown)}`);
  process.exitCode = thrown instanceof SeatrialError ? thrown.exitCode : exitCodes.inconclusive;
}

async function main(): Promise<number> {
  const { seeds, runs, first, wantsHelp } = parse(process.argv.slice(2));
  if (wantsHelp) {
    console.log(help);
    return exitCodes.passed;
  }
  using one = startChild("the first process");
  using other = startChild("the second process");
  const startedAt = performance.now();
  let [done, events, toldAt] = [0, 0, startedAt];
  for (let seed = first; seed < first + seeds; seed++) {
    const difference = await firstDifference(recipeFor(seed), runs, [one, other], ({ kernelEvents }) => {
      done += 1;
      events += kernelEvents;
      if (performance.now() - toldAt < progressEveryMs) return;
      toldAt = performance.now();
      console.error(`seed ${seed}: ${done} of ${seeds * runs} runs, no difference so far`);
    });
    if (!difference) continue;
    const { recipe, number, runner, hash, expected } = difference;
    console.log(`${recipe.scenario}, seed ${seed}: run ${number}, in ${runner.name}, came to ${hash}, not ${expected}`);
    for (const line of await explain(difference, runner === one ? other : one)) console.log(`  ${line}`);
    return exitCodes.failed;
  }
  const tookS = Math.round((performance.now() - startedAt) / 1_000);
  console.log(
    `${seeds} seeds, ${runs} runs each over 2 processes: no differing trace hash (${events} events, ${tookS} s)`,
  );
  return exitCodes.passed;
}

function parse(words: string[]): { seeds: number; runs: number; first: number; wantsHelp: boolean } {
  const option = { type: "string" } as const;
  const { values } = parseArgs({
    args: words,
    options: { seeds: option, runs: option, first: option, help: { type: "boolean" } },
  });
  const bounds = { least: 1, most: 1_000_000 };
  return {
    seeds: readWhole("--seeds", values.seeds ?? "100", bounds),
    runs: readWhole("--runs", values.runs ?? "20", bounds),
    first: readWhole("--first", values.first ?? "0", { least: 0, most: 1_000_000_000 }),
    wantsHelp: values.help === true,
  };
}
