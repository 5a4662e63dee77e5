import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Pool } from "undici";

import { blindWitness, systemClock } from "../../../core/mod.ts";
import { bootLocalWorld, type LocalWorld } from "../../../worlds/local/mod.ts";
import type { JobSystem } from "../job-loops.ts";
import { Tail } from "./tail.ts";

const apiKey = "bench";
const tailEveryMs = 5;
const connectionsPerGateway = 100;

/** The plane as a system to be measured, and the Redis that it runs on. */
export interface PlaneSystem extends JobSystem {
  readonly redisUrl: string;
}

/** Boots two gateways, two schedulers and two workers, with every safeguard and the documented values. */
export async function startPlane(concurrency: number, signal: AbortSignal): Promise<PlaneSystem> {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-bench-plane-"));
  const originNs = process.hrtime.bigint();
  const world = await bootLocalWorld({
    cluster: { gateways: 2, schedulers: 2, workers: 2 },
    variables: {
      CORDUM_API_KEYS: `${apiKey}:bench:1000000`,
      WORKER_MAX_PARALLEL_JOBS: `${concurrency}`,
      API_GATEWAY_REPLICAS: "2",
    },
    without: [],
    ...{ folder, clock: systemClock(originNs), originNs, witness: blindWitness, signal },
    replicaEntry: fileURLToPath(new URL("replica.ts", import.meta.url)),
  });
  const originMs = Number(originNs) / 1e6;
  const measuring = new Measuring(world, join(folder, "witnesses"), originMs);
  return {
    redisUrl: world.redisUrl,
    submit: (dueAtMs) => measuring.submit(dueAtMs),
    listen: (onDone) => measuring.listen(onDone),
    async [Symbol.asyncDispose]() {
      await measuring.close();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A job on its way: the pieces come from different processes, in any order. */
interface Flight {
  dueAtMs?: number;
  beganAtMs?: number;
  ended?: true;
}

class Measuring {
  readonly #pools: readonly Pool[];
  readonly #tails: readonly Tail[];
  readonly #originMs: number;
  readonly #flights = new Map<string, Flight>();
  readonly #timer: NodeJS.Timeout;
  #turn = 0;
  #onDone: (waitedMs: number) => void = () => {};

  constructor(world: LocalWorld, witnesses: string, originMs: number) {
    this.#pools = world.gateways().map(({ url }) => new Pool(url, { connections: connectionsPerGateway }));
    const witnessed = world.replicas().filter(({ role }) => role !== "gateway");
    this.#tails = witnessed.map(({ id }) => new Tail(join(witnesses, `${id}.jsonl`)));
    this.#originMs = originMs;
    this.#timer = setInterval(() => this.#readTails(), tailEveryMs);
  }

  listen(onDone: (waitedMs: number) => void): void {
    this.#onDone = onDone;
  }

  async submit(dueAtMs: number): Promise<void> {
    const pool = this.#pools[this.#turn++ % this.#pools.length];
    const answer = await pool?.request({
      ...{ method: "POST", path: "/api/v1/jobs", body: `{"payload":null}` },
      headers: { "x-api-key": apiKey, "content-type": "application/json" },
    });
    const body = (await answer?.body.json()) as { job_id?: string };
    if (answer?.statusCode !== 202 || body.job_id === undefined) throw new Error(`refused: ${answer?.statusCode}`);
    this.#learn(body.job_id, { dueAtMs });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const tail of this.#tails) tail[Symbol.dispose]();
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }

  #readTails(): void {
    for (const tail of this.#tails) {
      for (const event of tail.read()) {
        if (event.kind === "execution") this.#learn(event.job, { beganAtMs: event.at + this.#originMs });
        else if (event.kind === "write") this.#learn(event.job, { ended: true });
      }
    }
  }

  #learn(job: string, news: Flight): void {
    const flight = { ...this.#flights.get(job), ...news };
    if (flight.dueAtMs === undefined || flight.beganAtMs === undefined || !flight.ended) {
      this.#flights.set(job, flight);
      return;
    }
    this.#flights.delete(job);
    this.#onDone(flight.beganAtMs - flight.dueAtMs);
  }
}
