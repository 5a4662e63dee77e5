import { Command } from "commander";

import type { ExitCode } from "../core/mod.ts";
import type { AddCommand, Console } from "./command.ts";
import { addAblate } from "./commands/ablate.ts";
import { addCampaign } from "./commands/campaign.ts";
import { addCapacity } from "./commands/capacity.ts";
import { addCompareWorlds } from "./commands/compare-worlds.ts";
import { addCompare } from "./commands/compare.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addDown } from "./commands/down.ts";
import { addGate } from "./commands/gate.ts";
import { addList } from "./commands/list.ts";
import { addReplay } from "./commands/replay.ts";
import { addReport } from "./commands/report.ts";
import { addRun } from "./commands/run.ts";
import { addStatus } from "./commands/status.ts";
import { addSweep } from "./commands/sweep.ts";
import { addUp } from "./commands/up.ts";

const commands: readonly AddCommand[] = [
  addRun,
  addAblate,
  addCampaign,
  addReplay,
  addSweep,
  addCapacity,
  addCompare,
  addCompareWorlds,
  addGate,
  addReport,
  addList,
  addDoctor,
  addUp,
  addStatus,
  addDown,
];

/** The command line, as a tree of commands. */
export function makeProgram(console: Console, finish: (code: ExitCode) => void): Command {
  const program = new Command("seatrial")
    .description(
      "Puts a horizontally scaled control plane on trial: boots it, loads it, breaks it, and judges what happened.",
    )
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText("after", helpFooter);
  for (const add of commands) add(program, console, async (action) => finish(await action));
  return program;
}

const helpFooter = `
Exit codes: 0 passed, 1 a check failed, 2 usage or configuration, 3 inconclusive, 130 interrupted.

Start here:
  seatrial run gate-19           the five HA scenarios on a real plane, in under two minutes
  seatrial ablate fencing-epoch  leave a safeguard out and watch a check go red
  seatrial list scenarios        what else there is`;
