import { closedLoop, openLoop, type JobNumbers, type JobSystem } from "./job-loops.ts";
import { summarize, type BenchOptions, type BenchResult } from "./result.ts";

const defaults = { jobs: 10_000, runs: 3, warmUpMs: 5_000 };
const inFlight = 200;
const ratesPerSecond = [100, 400];
/** An open loop lasts no longer than this, whatever number of jobs is asked for. */
const openLoopSeconds = 10;

/** The same cases for every job system: warm-up, closed loop, then each rate as an open loop. */
export async function* measure(name: string, system: JobSystem, options: BenchOptions): AsyncGenerator<BenchResult> {
  const { jobs, runs, warmUpMs, signal } = { ...defaults, ...options };
  await warmUp(system, warmUpMs, signal);
  const closed = await repeat(runs, () => closedLoop(system, { jobs, inFlight, signal }));
  yield summarize(name, `closed loop, ${inFlight} in flight`, closed);
  for (const perSecond of ratesPerSecond) {
    const due = Math.min(jobs, perSecond * openLoopSeconds);
    const open = await repeat(runs, () => openLoop(system, { jobs: due, perSecond, signal }));
    yield summarize(name, `open loop, ${perSecond}/s`, open);
  }
}

async function warmUp(system: JobSystem, forMs: number, signal: AbortSignal | undefined): Promise<void> {
  const until = performance.now() + forMs;
  while (performance.now() < until) await closedLoop(system, { jobs: 500, inFlight, signal });
}

async function repeat(times: number, run: () => Promise<JobNumbers>): Promise<JobNumbers[]> {
  const results: JobNumbers[] = [];
  while (results.length < times) results.push(await run());
  return results;
}
