import { appendFileSync, existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  renderAnnotations,
  renderGateHtml,
  renderGateJunit,
  renderGateMarkdown,
  type GateResult,
} from "../../reports/mod.ts";

/** GitHub refuses the summary of a step when it is larger than this. */
const summaryBytesMax = 1024 * 1024;

/** Writes the gate's files into its folder, and returns the path of the report. */
export function writeResults(result: GateResult, folder: string): string {
  const report = join(folder, "report.html");
  writeFileSync(join(folder, "gate.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(folder, "junit.xml"), renderGateJunit(result));
  writeFileSync(join(folder, "summary.md"), renderGateMarkdown(result));
  writeFileSync(report, renderGateHtml(result));
  return report;
}

/** What GitHub Actions sets in a step. */
export interface Actions {
  readonly GITHUB_ACTIONS?: string | undefined;
  readonly GITHUB_STEP_SUMMARY?: string | undefined;
}

/**
 * Tells GitHub Actions, if it is there: the job summary goes to the file that it names, and annotations are lines of
 * output, ten of each kind at most.
 */
export function tellActions(result: GateResult, actions: Actions, print: (line: string) => void): void {
  if (actions.GITHUB_ACTIONS !== "true") return;
  for (const line of renderAnnotations(result)) print(line);
  const file = actions.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === "") return;
  const room = summaryBytesMax - (existsSync(file) ? statSync(file).size : 0);
  if (room > 2_000) appendFileSync(file, renderGateMarkdown(result, room));
}
