import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startNats } from "../../worlds/local/servers/nats.ts";
import { startRedis } from "../../worlds/local/servers/redis.ts";
import { summarize, type Bench, type BenchOptions, type BenchResult, type Numbers } from "./result.ts";
import { engineNats, natsCalls, natsCases, realNats, type AskedNats } from "./sim/nats-calls.ts";
import { engineRedis, realRedis, redisCalls, redisCases, type AskedRedis } from "./sim/redis-calls.ts";

const defaults = { runs: 5, jobs: 20_000 };

/** The engines as the simulator calls them, and real servers over their clients, in turns. */
export const simEngines: Bench = {
  title: "The simulator's Redis and NATS in this process, and the real ones over TCP, 100 calls at a time",
  run,
};

async function* run({ runs = defaults.runs, jobs = defaults.jobs, signal }: BenchOptions): AsyncGenerator<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-bench-engines-"));
  const servers = [await startRedis(join(folder)), await startNats(join(folder))] as const;
  const redis = { engine: engineRedis(), real: realRedis(servers[0].url) };
  const nats = { engine: engineNats(), real: await realNats(servers[1].url) };
  try {
    for (const [name, commandOf] of Object.entries(redisCases)) {
      const measure = (asked: AskedRedis): Promise<Numbers> => redisCalls(asked, commandOf, jobs);
      yield* inTurns(`redis, ${name}`, redis, runs, measure, signal);
    }
    for (const [name, ask] of Object.entries(natsCases)) {
      const measure = (asked: AskedNats): Promise<Numbers> => natsCalls(asked, ask, jobs);
      yield* inTurns(`nats, ${name}`, nats, runs, measure, signal);
    }
  } finally {
    redis.engine.close();
    redis.real.close();
    await Promise.all([nats.engine.close(), nats.real.close()]);
    await Promise.all(servers.map((server) => server.kill()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One run of each after the other, so that whatever else the machine does falls on both. */
async function* inTurns<Asked>(
  name: string,
  asked: Readonly<Record<"engine" | "real", Asked>>,
  runs: number,
  measure: (asked: Asked) => Promise<Numbers>,
  signal: AbortSignal | undefined,
): AsyncGenerator<BenchResult> {
  const numbers: Record<"engine" | "real", Numbers[]> = { engine: [], real: [] };
  await measure(asked.engine);
  await measure(asked.real);
  while (numbers.real.length < runs) {
    signal?.throwIfAborted();
    numbers.engine.push(await measure(asked.engine));
    numbers.real.push(await measure(asked.real));
  }
  yield summarize("sim-engines", `${name}: engine`, numbers.engine);
  yield summarize("sim-engines", `${name}: real server`, numbers.real);
}
