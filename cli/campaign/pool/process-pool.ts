import { fileURLToPath } from "node:url";

import { messageOf } from "../../../core/mod.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { brokenReport, type SeedReport } from "../seed-report.ts";
import type { Pool } from "./pool.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

/** A pool of worker processes. */
export interface ProcessPoolOptions {
  readonly jobs: number;
  /** Ends all workers at once. */
  readonly signal: AbortSignal;
  /** @defaultValue the worker that simulates the reference plane */
  readonly entry?: string;
  /** After so many seeds a worker makes room for a fresh one. @defaultValue 200 */
  readonly seedsEach?: number;
  /** So does one that holds more memory than this, in bytes. @defaultValue 1 GiB */
  readonly rssMax?: number;
  /** More real time than this for one seed, and its worker is ended. @defaultValue 10 minutes */
  readonly seedWithinMs?: number;
}

const seedsEachUsually = 200;
const rssMaxUsually = 2 ** 30;
const seedWithinMsUsually = 600_000;
const usualEntry = fileURLToPath(new URL("worker-main.ts", import.meta.url));

/**
 * Runs recipes over worker processes, which are started when they are first needed.
 *
 * A recipe whose worker dies is run once more, in a fresh one; if that dies too, the recipe is broken.
 */
export function processPool(options: ProcessPoolOptions): Pool {
  const { jobs, signal } = options;
  const idle: WorkerProcess[] = [];
  const all = new Set<WorkerProcess>();
  const start = (): WorkerProcess => {
    const worker = startWorker(options.entry ?? usualEntry, options.seedWithinMs ?? seedWithinMsUsually);
    all.add(worker);
    return worker;
  };
  const end = (worker: WorkerProcess): void => {
    all.delete(worker);
    worker.end();
  };
  let closed = signal.aborted;
  const close = (): void => {
    closed = true;
    all.forEach(end);
  };
  signal.addEventListener("abort", close, { once: true });

  const attempt = async (recipe: Recipe): Promise<SeedReport> => {
    const worker = idle.pop() ?? start();
    try {
      const { report, rss } = await worker.run(recipe);
      if (isSpent(worker, rss, options)) end(worker);
      else idle.push(worker);
      return report;
    } catch (thrown) {
      end(worker);
      throw thrown;
    }
  };
  return {
    jobs,
    async run(recipe) {
      if (closed) return undefined;
      const report = await attempt(recipe)
        .catch((thrown: unknown) => (closed ? brokenReport(recipe, messageOf(thrown)) : attempt(recipe)))
        .catch((thrown: unknown) => brokenReport(recipe, `twice, ${messageOf(thrown)}`));
      return closed ? undefined : report;
    },
    [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", close);
      close();
      return Promise.resolve();
    },
  };
}

function isSpent(worker: WorkerProcess, rss: number, options: ProcessPoolOptions): boolean {
  return worker.seeds >= (options.seedsEach ?? seedsEachUsually) || rss > (options.rssMax ?? rssMaxUsually);
}
