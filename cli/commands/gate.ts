import { UsageError, type ExitCode } from "../../core/mod.ts";
import { renderCalibration, renderGateTerminal } from "../../reports/mod.ts";
import type { AddCommand, Console } from "../command.ts";
import { writeBaseline } from "../gate/baseline.ts";
import { planCandidate, planGate, type GateChoices } from "../gate/gate-plan.ts";
import { tellActions, writeResults } from "../gate/leave-results.ts";
import { recordBaseline } from "../gate/record-baseline.ts";
import { gateExitCode, runGate } from "../gate/run-gate.ts";
import { runInTree } from "../gate/run-in-tree.ts";
import { openProgress } from "../progress.ts";
import { worldHelp } from "../run/plan.ts";
import { defaultRunsFolder, makeRunFolder } from "../run/run-folder.ts";
import { runTrial } from "../run/trial.ts";
import { chooseServers, serversHelp } from "../servers/choose-servers.ts";

interface GateOptions extends Omit<GateChoices, "seed" | "servers"> {
  readonly world: string;
  readonly servers: string;
  readonly seed?: string;
  readonly out: string;
  readonly updateBaseline?: boolean;
  readonly json?: boolean;
}

/** `seatrial gate --policy FILE --baseline FILE` */
export const addGate: AddCommand = (program, console, run) => {
  program
    .command("gate")
    .description("Decide whether a change may pass: invariants, budgets, and regressions against a baseline.")
    .requiredOption("--policy <file>", "what must hold: gates/quick.yaml is an example")
    .requiredOption("--baseline <file>", "what the candidate is compared with; it is run again, in turns with it")
    .option("--advisory", "broken budgets and regressions are told and do not fail (the default of a policy)")
    .option("--strict", "they fail the gate; broken invariants always do")
    .option("--update-baseline", "record the candidate as the baseline, with the noise of this machine")
    .option("--baseline-tree <folder>", "a checkout of the baseline's code, to run it with")
    .option("--tuning <name>", "what the candidate runs with (default: the policy's tuning)")
    .option("--set <key=value>", "one setting of the candidate; may be repeated", collect, [])
    .option("--world <world>", worldHelp, "local")
    .option("--servers <kind>", serversHelp, "real")
    .option("--seed <seed>", "seed of the arrival times (default: the current time)")
    .option("--out <folder>", "where the gate's folder goes", defaultRunsFolder)
    .option("--json", "print one JSON object on stdout and nothing else")
    .action((options: GateOptions) => run(act(options, console)));
};

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

async function act(options: GateOptions, console: Console): Promise<ExitCode> {
  if (options.advisory && options.strict) throw new UsageError("Both --advisory and --strict", "choose one of them");
  const progress = openProgress(console.stderr);
  const servers = await chooseServers(options.servers, options.world, { progress });
  const choices = { ...options, servers, seed: options.seed ?? `${Date.now()}` };
  return options.updateBaseline ? record(choices, options, console) : decide(choices, options, console);
}

async function decide(choices: GateChoices, options: GateOptions, console: Console): Promise<ExitCode> {
  const plan = planGate(choices);
  const { baselineTree } = choices;
  const baseline = baselineTree === undefined ? runTrial : runInTree(baselineTree);
  const out = makeRunFolder(options.out, "gate", new Date());
  const progress = openProgress(console.stderr);
  const result = await runGate(plan, { out, progress, signal: console.signal }, { candidate: runTrial, baseline });
  progress.done();
  const reportPath = writeResults(result, out);
  tellActions(result, process.env, (line) => (options.json ? console.stderr.write(`${line}\n`) : console.out(line)));
  const { columns, colour } = console;
  console.out(options.json ? JSON.stringify(result) : renderGateTerminal(result, { columns, colour, reportPath }));
  return gateExitCode(result);
}

async function record(choices: GateChoices, options: GateOptions, console: Console): Promise<ExitCode> {
  const plan = planCandidate(choices);
  const out = makeRunFolder(options.out, "gate-baseline", new Date());
  const progress = openProgress(console.stderr);
  const { baseline, calibration } = await recordBaseline(plan, { out, progress, signal: console.signal }, runTrial);
  progress.done();
  writeBaseline(choices.baseline, baseline);
  const { columns, colour } = console;
  const text = renderCalibration(choices.baseline, calibration, { columns, colour });
  console.out(options.json ? JSON.stringify({ baseline: choices.baseline, calibration }) : text);
  return 0;
}
