import { parseArgs } from "node:util";

import { exitCodes, messageOf, nearestNames, SeatrialError, UsageError } from "../../core/mod.ts";
import { lua } from "./lua/suite.ts";
import { nats } from "./nats/suite.ts";
import { redis } from "./redis/suite.ts";
import type { ConformanceSuite } from "./suite.ts";

/** Every engine, by its name on the command line. */
const suites: Readonly<Record<string, ConformanceSuite>> = { redis, lua, nats };

const progressEvery = 20_000;

const help = `npm run conformance -- [name...] [--commands N] [--seed N]

Compares the simulator's engines with the real servers until one command is answered differently, which is then made
as small as it gets. Without a name, every engine is compared.

${Object.entries(suites)
  .map(([name, { title }]) => `  ${name.padEnd(10)} ${title}`)
  .join("\n")}

  --commands N  at least so many (default 100000)
  --seed N      where chance begins (default 1)
`;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  const hint = thrown instanceof SeatrialError && thrown.hint !== undefined ? `\n  ${thrown.hint}` : "";
  console.error(`conformance: ${messageOf(thrown)}${hint}`);
  process.exitCode = thrown instanceof UsageError ? exitCodes.usage : exitCodes.inconclusive;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    console.log(help);
    return exitCodes.passed;
  }
  const [commands, seed] = [wholeNumber("commands", values.commands), wholeNumber("seed", values.seed)];
  for (const [name, suite] of chosen(positionals)) {
    let shown = 0;
    const onProgress = (count: number): void => {
      if (count - shown < progressEvery) return;
      shown = count;
      console.error(`${name}: ${count} of ${commands}`);
    };
    const result = await suite.run({ commands, seed, onProgress });
    if (result.divergence !== undefined) {
      console.log(`${name}: answered differently after ${result.commands} commands\n${result.divergence}`);
      return exitCodes.failed;
    }
    console.log(`${name}: ${result.commands} commands, no difference but the accepted ones`);
  }
  return exitCodes.passed;
}

function parse(args: string[]) {
  try {
    const text = { type: "string" } as const;
    return parseArgs({
      args,
      allowPositionals: true,
      options: { commands: { ...text, default: "100000" }, seed: { ...text, default: "1" }, help: { type: "boolean" } },
    });
  } catch (thrown) {
    throw new UsageError(messageOf(thrown), help);
  }
}

function chosen(names: readonly string[]): [string, ConformanceSuite][] {
  for (const name of names) {
    if (Object.hasOwn(suites, name)) continue;
    const near = nearestNames(name, Object.keys(suites)).join(", ");
    throw new UsageError(`there is no engine "${name}"`, `There are: ${near || Object.keys(suites).join(", ")}`);
  }
  return Object.entries(suites).filter(([name]) => names.length === 0 || names.includes(name));
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number from 1, not "${text}"`);
}
