import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Machine } from "./machine.ts";
import type { Program, Tool } from "./program.ts";
import { xk6Build } from "./ways/xk6-build.ts";

/** What the scripts in `loadgen/k6` import beyond what k6 has of its own. */
const extension = "k6/x/nats";
const askTimeoutMs = 10_000;

/** k6 with the extension that publishes to NATS. */
export const k6: Program = {
  name: "k6",
  for: "k6",
  required: false,
  neededBy: "--engine k6",
  ways: [xk6Build({ k6: "v1.8.1", extension: "seatrial.dev/xk6-nats" })],
  examine: examineK6,
};

/** The one that was built for this project comes before any other on PATH, which has no extension. */
export function pathOfK6(machine: Pick<Machine, "find" | "ownBinaryFolder">): string | undefined {
  const own = join(machine.ownBinaryFolder, "k6");
  return existsSync(own) ? own : machine.find("k6");
}

async function examineK6(machine: Machine): Promise<Tool> {
  const path = pathOfK6(machine);
  if (path === undefined) return {};
  const version = await machine.versionOf(path);
  if (version === undefined) return { path };
  const { output } = await machine.run([path, "version"], { timeoutMs: askTimeoutMs });
  return output.includes(extension) ? { path, version } : { path, version, trouble: `it lacks ${extension}` };
}
