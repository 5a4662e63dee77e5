import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { blindWitness, systemClock, type HistoryEvent, type Observation } from "../../../core/mod.ts";
import { bootLocalWorld, type LocalWorld } from "../local-world.ts";
import type { LocalWorldOptions } from "../options.ts";
import { processesOf } from "./processes-of.test-support.ts";

/** A world of stubs in a folder of its own. */
export interface StubWorld extends AsyncDisposable {
  readonly world: LocalWorld;
  readonly folder: string;
  /** What the harness's witness was told. */
  readonly observations: readonly Observation[];
  /** What a witness of the world has written. */
  historyOf(who: string): HistoryEvent[];
}

/** A folder for one test's run; gone afterwards. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "seatrial-world-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Options for a world of stubs: one replica of each role. */
export function stubOptions(folder: string, changes: Partial<LocalWorldOptions> = {}): LocalWorldOptions {
  const originNs = process.hrtime.bigint();
  return {
    cluster: { gateways: 1, schedulers: 1, workers: 1 },
    variables: {},
    without: [],
    folder,
    clock: systemClock(originNs),
    originNs,
    witness: blindWitness,
    signal: new AbortController().signal,
    replicaEntry: fileURLToPath(new URL("./stub-replica.test-support.ts", import.meta.url)),
    ...changes,
  };
}

/** Boots a world of stubs. At the end it is closed, and must have left no process. */
export async function bootStubs(changes: Partial<LocalWorldOptions> = {}): Promise<StubWorld> {
  const folder = temporaryFolder();
  const observations: Observation[] = [];
  const witness = { record: (observation: Observation) => void observations.push(observation) };
  const world = await bootLocalWorld(stubOptions(folder.path, { witness, ...changes }));
  return {
    world,
    folder: folder.path,
    observations,
    historyOf: (who) => readHistory(join(folder.path, "witnesses", `${who}.jsonl`)),
    async [Symbol.asyncDispose]() {
      await world.close();
      const left = processesOf(folder.path);
      folder[Symbol.dispose]();
      if (left.length > 0) throw new Error(`the world left processes behind: ${left.join(", ")}`);
    },
  };
}

function readHistory(path: string): HistoryEvent[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as HistoryEvent);
}
