import { rmSync } from "node:fs";

import { linesOf } from "../local/lines.ts";
import { removeUntilQuiet } from "./project/leftovers.ts";

/** Long enough for a compose that was under way when the harness died. */
const quietRounds = 10;

/**
 * A process that outlives the harness by a moment. When the pipe from the harness ends without the word `done`,
 * however the harness died, it removes the project and the data folder, which its arguments name.
 */
async function reap(project: string, dataFolder: string): Promise<void> {
  // Whoever signals a whole process group means the harness, and the pipe will tell of its end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  for await (const line of linesOf(process.stdin)) if (line === "done") return;
  await removeUntilQuiet(project, quietRounds);
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 });
}

const [project, dataFolder] = process.argv.slice(2);
if (project === undefined || dataFolder === undefined) throw new Error("the reaper needs a project and a data folder");
await reap(project, dataFolder);
