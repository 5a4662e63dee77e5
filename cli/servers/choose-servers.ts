import { UsageError, type ServersKind } from "../../core/mod.ts";
import { examineAll, isUsable, programsFor, thisMachine, type Finding, type Machine } from "../doctor/mod.ts";
import type { Progress } from "../progress.ts";

/** What `--servers` may say, for the help of commands. */
export const serversHelp =
  "real (installed Redis and NATS), embedded (stand-ins that come with Seatrial), or auto (real where they can be had)";

/** What a choice depends on, and who is told why it fell as it did. */
export interface ServersContext {
  readonly progress: Pick<Progress, "step">;
  /** @defaultValue this one */
  readonly machine?: Machine;
}

/**
 * What a world's servers are to be. `auto` looks at the machine, and says which it is and why; only a local world has
 * the choice, so in any other it means the servers which that world brings along.
 *
 * @throws UsageError when it is none of the words.
 */
export async function chooseServers(
  word: string,
  world: string,
  { progress, machine = thisMachine() }: ServersContext,
): Promise<ServersKind> {
  if (word === "real" || word === "embedded") return word;
  if (word !== "auto") throw new UsageError(`There are no servers "${word}"`, "use --servers real, embedded or auto");
  if (world !== "local") return "real";
  const findings = await examineAll(machine, programsFor("servers"));
  const missing = findings.filter(({ tool }) => !isUsable(tool));
  progress.step(missing.length === 0 ? `servers: ${findings.map(named).join(" and ")}` : insteadOf(missing));
  return missing.length === 0 ? "real" : "embedded";
}

function insteadOf(missing: readonly Finding[]): string {
  const names = missing.map(({ program }) => program.name).join(" and ");
  const are = missing.length === 1 ? "is" : "are";
  return `servers: embedded stand-ins, in memory, a single node each, because ${names} ${are} not to be had`;
}

function named({ program, tool }: Finding): string {
  return `${program.name} ${tool.version}`;
}
