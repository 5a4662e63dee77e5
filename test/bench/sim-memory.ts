import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { summarize, type Bench, type BenchOptions, type BenchResult, type Numbers } from "./result.ts";
import { smallTrials } from "./sim/small-trials.ts";

const defaults = { jobs: 10_000 };
const steps = 10;

/** What a process still holds after so many seeds: the memory of a simulator that explores for hours must not grow. */
export const simMemory: Bench = {
  title: "The simulator's memory over 10,000 seeds (--jobs N) of a small trial: after each tenth of them, collected",
  run,
};

async function* run({ jobs: seeds = defaults.jobs, signal }: BenchOptions): AsyncGenerator<BenchResult> {
  const collect = collector();
  const each = Math.max(1, Math.ceil(seeds / steps));
  await smallTrials(seeds, each, signal);
  const held: Numbers[] = [];
  for (let first = 0; first < seeds; first += each) {
    await smallTrials(first, each, signal);
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    held.push({ heapMiB: heapUsed / 2 ** 20, rssMiB: rss / 2 ** 20 });
    yield summarize("sim-memory", `after ${first + each} seeds`, held.slice(-1));
  }
  const growth = (held.at(-1)?.["heapMiB"] ?? 0) - (held[0]?.["heapMiB"] ?? 0);
  yield summarize("sim-memory", `growth over ${seeds - each} seeds`, [{ heapMiB: growth }]);
}

/** The garbage collector, also in a process that was started without `--expose-gc`. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
