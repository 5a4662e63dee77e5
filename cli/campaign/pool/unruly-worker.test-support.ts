import { existsSync, writeFileSync } from "node:fs";

import { fakeSimulation } from "../fake-simulation.test-support.ts";
import { serveRecipes } from "./serve-recipes.ts";

/**
 * A worker that simulates nothing and misbehaves by the seed, which goes on with a file name: `dies` always, `trips`
 * only when that file is not there yet, `hangs` for ever, `hoards` memory.
 */
const simulate = fakeSimulation(({ seed }) => {
  const [what = "", file = ""] = seed.split(":");
  if (what === "dies") die("out of rum");
  if (what === "trips" && !existsSync(file)) {
    writeFileSync(file, "");
    die("tripped");
  }
  if (what === "hoards") hoard.push(Buffer.alloc(200 * 2 ** 20, 1));
  return { failed: what === "fails" ? ["no job is lost"] : [] };
});

const hoard: Buffer[] = [];

serveRecipes((plan, options) => (plan.seed.startsWith("hangs") ? new Promise(() => {}) : withPid(plan, options)));

/** Tells who has run it, in the place of the trace's hash. */
async function withPid(...run: Parameters<typeof simulate>): ReturnType<typeof simulate> {
  return { ...(await simulate(...run)), traceHash: `${process.pid}` };
}

function die(lastWords: string): never {
  process.stderr.write(`${lastWords}\n`);
  process.exit(7);
}
