import { setTimeout as delay } from "node:timers/promises";

import { isRunning, startTimeOf } from "../../local/process-identity.ts";
import { docker, linesIn } from "../docker/command.ts";

/** The label that says which project something belongs to; compose sets it. */
export const projectLabel = "com.docker.compose.project";

/** The label that says which process has everything taken down, by pid and start time. */
export const harnessLabel = "seatrial.harness";

/** This process, as {@link harnessLabel} names it. */
export function thisHarness(): string {
  return `${process.pid}@${startTimeOf(process.pid) ?? ""}`;
}

/** What can be left of a project, how to list it, and how to remove it. Containers hold on to the others. */
const kinds = [
  { list: ["ps", "--all", "--quiet"], remove: ["rm", "--force", "--volumes"] },
  { list: ["network", "ls", "--quiet"], remove: ["network", "rm"] },
  { list: ["volume", "ls", "--quiet"], remove: ["volume", "rm", "--force"] },
] as const;

/**
 * Removes every container, network and volume of a project, running or not.
 *
 * @returns how many there were.
 */
async function removeProject(project: string): Promise<number> {
  let removed = 0;
  for (const { list, remove } of kinds) {
    const found = linesIn(await docker([...list, "--filter", `label=${projectLabel}=${project}`]));
    if (found.length > 0) await docker([...remove, ...found]);
    removed += found.length;
  }
  return removed;
}

const betweenRoundsMs = 500;
const mostRounds = 60;

/**
 * Removes a project again and again, until this many rounds in a row have found nothing: a compose that was cut short
 * goes on for a while, and may create more.
 */
export async function removeUntilQuiet(project: string, quietRounds: number): Promise<void> {
  let quiet = 0;
  for (let round = 1; quiet < quietRounds; round++) {
    try {
      const found = await removeProject(project);
      quiet = found === 0 || quietRounds === 1 ? quiet + 1 : 0;
    } catch (thrown) {
      // What is being created resists for a moment.
      if (round === mostRounds) throw thrown;
      quiet = 0;
    }
    if (quiet < quietRounds) await delay(betweenRoundsMs);
  }
}

/** Removes the projects of harnesses that are gone, and of which nobody has taken them down. Answers their names. */
export async function removeStaleProjects(): Promise<string[]> {
  const stale = new Set<string>();
  for (const { list } of kinds) {
    for (const { project, harness } of await labelled(list)) if (!isAlive(harness)) stale.add(project);
  }
  for (const project of stale) await removeProject(project);
  return [...stale];
}

async function labelled(list: readonly string[]): Promise<{ readonly project: string; readonly harness: string }[]> {
  const format = `{{.Label "${projectLabel}"}} {{.Label "${harnessLabel}"}}`;
  const withoutQuiet = list.filter((word) => word !== "--quiet");
  const lines = linesIn(await docker([...withoutQuiet, "--filter", `label=${harnessLabel}`, "--format", format]));
  return lines.map((line) => {
    const [project = "", harness = ""] = line.split(" ");
    return { project, harness };
  });
}

function isAlive(harness: string): boolean {
  const [pid = "", startTime = ""] = harness.split("@");
  return isRunning(Number(pid), startTime === "" ? undefined : startTime);
}
