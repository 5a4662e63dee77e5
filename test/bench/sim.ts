import { summarize, type Bench, type BenchOptions, type BenchResult, type Numbers } from "./result.ts";
import { idlePlane } from "./sim/idle-plane.ts";
import { kernelEvents } from "./sim/kernel-events.ts";
import { smallTrials } from "./sim/small-trials.ts";

const defaults = { runs: 5, jobs: 100 };
const questions = 300_000;
const idleSeconds = 600;

/** The simulator: how fast its kernel is, a whole trial, and a plane that has nothing to do. One core each. */
export const sim: Bench = {
  title: "The simulator: kernel events, seeds of a small trial (--jobs N in each run), and an idle plane, per core",
  run,
};

async function* run(options: BenchOptions): AsyncGenerator<BenchResult> {
  const { runs, jobs: seeds, signal } = { ...defaults, ...options };
  const measured = async (name: string, aims: Numbers, measure: (run: number) => Promise<Numbers>) => {
    // A cold process is half as fast.
    await measure(runs);
    const numbers: Numbers[] = [];
    while (numbers.length < runs) {
      signal?.throwIfAborted();
      numbers.push(await measure(numbers.length));
    }
    return summarize("sim", name, numbers, aims);
  };
  yield await measured("kernel and network, traced", { eventsPerSecond: 150_000 }, () => kernelEvents(questions));
  yield await measured("idle plane of 8 replicas", { virtualSecondsPerSecond: 1_000 }, () => idlePlane(idleSeconds));
  yield await measured("3 replicas, 2 clients, 8 jobs, 3 faults", { seedsPerSecond: 50 }, (number) =>
    smallTrials(number * seeds, seeds, signal),
  );
}
