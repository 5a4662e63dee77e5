import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { exitCodes, messageOf, SeatrialError, type ExitCode } from "../../core/mod.ts";
import { renderSuiteHtml, renderSuiteJunit, renderSuiteMarkdown, renderSuiteTerminal } from "../../reports/mod.ts";
import type { Outcome, TrialOutcome } from "./outcome.ts";
import type { TrialPlan } from "./plan.ts";
import { makeRunFolder } from "./run-folder.ts";
import { runTrial, type TrialContext } from "./trial.ts";

/** Runs the scenarios of a suite one after another, into one folder. One that breaks does not stop the others. */
export async function runSuite(name: string, plans: readonly TrialPlan[], context: TrialContext): Promise<Outcome> {
  const folder = makeRunFolder(context.out, name, new Date());
  const outcomes: TrialOutcome[] = [];
  const broken: Broken[] = [];
  for (const plan of plans) {
    try {
      const outcome = await runTrial(plan, { ...context, out: folder });
      outcomes.push(outcome);
      context.progress.step(`  ${outcome.record.status}`);
    } catch (thrown) {
      context.signal.throwIfAborted();
      if (!(thrown instanceof SeatrialError)) throw thrown;
      broken.push({ scenario: plan.name, because: messageOf(thrown), exitCode: thrown.exitCode });
      context.progress.step(`  could not be run: ${messageOf(thrown)}`);
    }
  }
  return suiteOutcome(name, folder, outcomes, broken);
}

/** A scenario that could not be run, and what that means for the suite. */
interface Broken {
  readonly scenario: string;
  readonly because: string;
  readonly exitCode: ExitCode;
}

function suiteOutcome(name: string, folder: string, outcomes: TrialOutcome[], broken: readonly Broken[]): Outcome {
  const suite = {
    name,
    runs: outcomes.map(({ record, folder: path, figures }) => ({ record, path, figures })),
    broken,
  };
  writeFileSync(join(folder, "index.html"), renderSuiteHtml(suite));
  writeFileSync(join(folder, "junit.xml"), renderSuiteJunit(suite));
  writeFileSync(join(folder, "summary.md"), renderSuiteMarkdown(suite));
  const reportPath = join(folder, "index.html");
  return {
    exitCode: worstExitCode([
      ...outcomes.map((outcome) => outcome.exitCode),
      ...broken.map(({ exitCode }) => exitCode),
    ]),
    terminal: (options) => renderSuiteTerminal(suite, { ...options, reportPath }),
    json: () => JSON.stringify({ suite: name, folder, runs: suite.runs, broken }),
  };
}

/** A failed check outweighs an inconclusive run, which outweighs a passed one. */
function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [exitCodes.interrupted, exitCodes.failed, exitCodes.usage, exitCodes.inconclusive];
  return order.find((code) => codes.includes(code)) ?? exitCodes.passed;
}
