import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";

import { exitCodes, messageOf, nearestNames, SeatrialError, UsageError } from "../../core/mod.ts";
import { bullmq } from "./bullmq.ts";
import { checks } from "./checks.ts";
import { gate } from "./gate.ts";
import { messageBusBench } from "./message-bus.ts";
import { plane } from "./plane.ts";
import { recovery } from "./recovery.ts";
import type { Bench, BenchOptions } from "./result.ts";
import { simEngines } from "./sim-engines.ts";
import { simMemory } from "./sim-memory.ts";
import { sim } from "./sim.ts";

/** Every benchmark, by its name on the command line. */
const benches: Readonly<Record<string, Bench>> = {
  plane,
  bullmq,
  checks,
  recovery,
  bus: messageBusBench,
  gate,
  sim,
  "sim-engines": simEngines,
  "sim-memory": simMemory,
};

const help = `npm run bench -- [name...] [--jobs N] [--runs N]

Prints one line of JSON for each case; without a name, every benchmark runs.

${Object.entries(benches)
  .map(([name, { title }]) => `  ${name.padEnd(10)} ${title}`)
  .join("\n")}
`;

const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort(new Error(name)));

try {
  await main();
} catch (thrown) {
  const hint = thrown instanceof SeatrialError && thrown.hint !== undefined ? `\n  ${thrown.hint}` : "";
  console.error(`bench: ${messageOf(thrown)}${hint}`);
  process.exitCode = exitCodeOf(thrown);
}

async function main(): Promise<void> {
  const { names, options, wantsHelp } = parse(process.argv.slice(2));
  if (wantsHelp) return console.log(help);
  const benchesToRun = chosen(names);
  printLine({ node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() });
  for (const [name, bench] of benchesToRun) {
    console.error(`${name}: ${bench.title}`);
    for await (const result of bench.run({ ...options, signal: stop.signal })) printLine(result);
  }
}

function parse(words: string[]): { names: string[]; options: BenchOptions; wantsHelp: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { jobs: { type: "string" }, runs: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    const options = { ...counted("jobs", values.jobs), ...counted("runs", values.runs) };
    return { names: positionals, options, wantsHelp: values.help === true };
  } catch (thrown) {
    throw thrown instanceof SeatrialError ? thrown : new UsageError(messageOf(thrown), "see npm run bench -- --help");
  }
}

function counted(name: "jobs" | "runs", text: string | undefined): BenchOptions {
  if (text === undefined) return {};
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`--${name} ${text}`, "write a whole number from 1");
  return { [name]: value };
}

function chosen(names: readonly string[]): [string, Bench][] {
  for (const name of names) {
    if (name in benches) continue;
    const known = Object.keys(benches);
    throw new UsageError(`No benchmark "${name}"`, `there is ${nearestNames(name, known)[0] ?? known.join(", ")}`);
  }
  return Object.entries(benches).filter(([name]) => names.length === 0 || names.includes(name));
}

function printLine(value: unknown): void {
  console.log(JSON.stringify(value));
}

function exitCodeOf(thrown: unknown): number {
  if (stop.signal.aborted) return exitCodes.interrupted;
  return thrown instanceof SeatrialError ? thrown.exitCode : exitCodes.inconclusive;
}
