import { rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { CapacityPlan, CapacityRecord, ConfigurationResult } from "../../capacity/mod.ts";
import { readableMs, systemClock } from "../../core/mod.ts";
import { renderCapacityHtml, renderCapacityMarkdown } from "../../reports/mod.ts";
import type { Progress } from "../progress.ts";
import { makeRunFolder } from "../run/run-folder.ts";
import { version } from "../version.ts";
import { answerOf } from "./answer.ts";
import { complaintsAbout } from "./complaints.ts";
import { machineFingerprint, machineLoad } from "./machine.ts";
import { measureConfiguration } from "./measure/measure-configuration.ts";
import { plannedMs } from "./planned-time.ts";

/** Where a capacity run leaves its folder, how it tells what it does, and what ends it early. */
export interface CapacityContext {
  readonly out: string;
  /** Names the run folder. */
  readonly name: string;
  readonly reproduce: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A finished run and its folder. */
export interface CapacityOutcome {
  readonly record: CapacityRecord;
  readonly folder: string;
}

/** Measures every bus of a plan, one after the other, and leaves `capacity.html`, `capacity.md` and `capacity.json`. */
export async function runCapacity(plan: CapacityPlan, context: CapacityContext): Promise<CapacityOutcome> {
  const startedAtUnixMs = Date.now();
  const folder = makeRunFolder(context.out, context.name, new Date(startedAtUnixMs));
  const loadBefore = machineLoad();
  context.progress.step(`${plan.title}: about ${readableMs(plannedMs(plan))}`);
  const configurations = await measureAll(plan, context, folder);
  const [first] = configurations;
  if (!first) throw new Error("a plan has a configuration");
  const record: CapacityRecord = {
    format: 1,
    seatrial: version,
    plan,
    startedAtUnixMs,
    lastedMs: Date.now() - startedAtUnixMs,
    ...complaintsAbout(configurations),
    answer: answerOf(plan, first),
    machine: machineFingerprint(loadBefore),
    configurations,
    reproduce: context.reproduce,
  };
  writeReports(record, folder);
  return { record, folder };
}

async function measureAll(
  plan: CapacityPlan,
  context: CapacityContext,
  folder: string,
): Promise<ConfigurationResult[]> {
  const originNs = process.hrtime.bigint();
  const measuring = { ...context, clock: systemClock(originNs), originNs };
  const results: ConfigurationResult[] = [];
  try {
    for (const [index, configuration] of plan.configurations.entries()) {
      context.progress.step(`${configuration.name} (${index + 1} of ${plan.configurations.length})`);
      results.push(await measureConfiguration(plan, configuration, measuring));
    }
    return results;
  } catch (thrown) {
    // Nothing was written into it yet.
    rmdirSync(folder);
    throw thrown;
  }
}

function writeReports(record: CapacityRecord, folder: string): void {
  writeFileSync(join(folder, "capacity.json"), `${JSON.stringify(record, null, 1)}\n`);
  writeFileSync(join(folder, "capacity.html"), renderCapacityHtml(record));
  writeFileSync(join(folder, "capacity.md"), renderCapacityMarkdown(record));
}
