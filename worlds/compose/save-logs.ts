import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";

import type { RunFolder } from "../local/run-folder.ts";
import { docker, linesIn } from "./docker/command.ts";
import { projectLabel } from "./project/leftovers.ts";

/** Saves what each container of a project has said, before it is removed. Docker itself bounds how much that is. */
export async function saveLogs(project: string, folder: RunFolder): Promise<void> {
  const all = ["ps", "--all", "--format", "{{.Names}}", "--filter", `label=${projectLabel}=${project}`];
  const containers = linesIn(await docker(all));
  await Promise.all(containers.map((name) => saveLog(name, folder.logOf(name.slice(project.length + 1)))));
}

async function saveLog(container: string, path: string): Promise<void> {
  const file = openSync(path, "w");
  try {
    const child = spawn("docker", ["logs", container], { stdio: ["ignore", file, file], detached: true });
    await once(child, "close");
  } finally {
    closeSync(file);
  }
}
