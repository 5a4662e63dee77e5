import type { RunRecord, Verdict } from "../../core/mod.ts";
import { counted } from "../cell.ts";
import { plain } from "../plain-text.ts";
import { statusAsVerdict, verdictSymbol } from "../status.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint } from "../terminal/paint.ts";
import { verdictLines } from "../terminal/verdicts.ts";
import { wrap } from "../terminal/width.ts";
import type { TraceLine } from "./campaign-result.ts";
import { traceText } from "./words.ts";

/** A run that was done again. */
export interface ReplayResult {
  readonly scenario: string;
  readonly seed: string;
  readonly status: RunRecord["status"];
  readonly verdicts: readonly Verdict[];
  /** In a sentence, how the checks that failed differ from those of the first time; missing when they do not. */
  readonly otherChecks?: string;
  /** The same as the first time. */
  readonly traceHash: string;
  /** Of all its steps, the last ones. */
  readonly lastEvents: readonly TraceLine[];
  readonly steps: number;
  readonly virtualMs: number;
  /** Cluster, load, faults and conditions, a line each. */
  readonly recipe: readonly string[];
}

/** A replay for a terminal: what was run, its last steps, and its verdicts. */
export function renderReplayTerminal(result: ReplayResult, { columns, colour }: TerminalOptions): string {
  const { scenario, seed, status, verdicts, traceHash, lastEvents, steps, recipe, otherChecks } = result;
  const width = usableWidth(columns);
  const marks = paint(colour);
  const verdict = statusAsVerdict[status];
  const title = marks.verdict[verdict](marks.bold(`${verdictSymbol[verdict]} ${status.toUpperCase()}`));
  const lines = [
    `${title}  replay of ${plain(scenario)}, seed ${plain(seed)}: the same ${counted(steps, "step")}, trace ${traceHash}`,
    ...recipe.map((line) => `  ${plain(line)}`),
    ...(otherChecks === undefined ? [] : wrap(plain(otherChecks, 4_000), width - 2).map((line) => `  ${line}`)),
    "",
    ...lastEvents.map((step) => marks.dim(plain(traceText(step), width))),
    "",
    ...verdictLines(verdicts, width, marks),
  ];
  return `${lines.join("\n")}\n`;
}
