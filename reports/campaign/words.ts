import { readableMs } from "../../core/mod.ts";
import { cellText, count, counted, perSecond } from "../cell.ts";
import type {
  CampaignFailure,
  CampaignResult,
  SeedCounts,
  ShrunkRun,
  SituationRow,
  TraceDivergence,
  TraceLine,
} from "./campaign-result.ts";

/** What came out, in a sentence. */
export function campaignSentence({ counts, firstSeed, swarm, without }: CampaignResult): string {
  const seeds = seedsRun(counts);
  if (seeds === 0) return "No seed was run to its end.";
  const parts = (["failed", "broken", "inconclusive", "passed"] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${cellText(count(counts[outcome]))} ${outcome}`);
  const how = swarm ? ", each with a cluster, a network, faults and a load of its own" : "";
  const left = without.length === 0 ? "" : `, without ${without.join(", ")}`;
  return `Of ${counted(seeds, "run")} from seed ${firstSeed} on${how}${left}, ${parts.join(", ")}.`;
}

/** How fast it was, and how much was simulated. */
export function speedSentence({ counts, speed }: CampaignResult): string {
  const { jobs, wallMs, cpuMs, virtualMs, kernelEvents } = speed;
  const seeds = seedsRun(counts);
  if (seeds === 0) return `${readableMs(wallMs)} on ${counted(jobs, "worker")}.`;
  const rate = cellText(perSecond((1_000 * seeds) / Math.max(1, wallMs)));
  const perCore = cellText(perSecond((1_000 * seeds) / Math.max(1, cpuMs)));
  const hours = cellText(count(Number((virtualMs / 3_600_000).toFixed(2))));
  const events = cellText(perSecond(Math.round((1_000 * kernelEvents) / Math.max(1, cpuMs))));
  return (
    `${readableMs(wallMs)} on ${counted(jobs, "worker")}: ${rate}, and ${perCore} of a core's time. ` +
    `${hours} hours of virtual time and ${cellText(count(kernelEvents))} events, ${events} of a core's time.`
  );
}

/** What was tried of what the scenarios would have sent. */
export function loadSentence({ loadFactors, swarm }: CampaignResult): string | undefined {
  const scaled = Object.entries(loadFactors).filter(([, factor]) => factor < 1);
  if (scaled.length === 0 || swarm) return undefined;
  const list = scaled.map(([scenario, factor]) => `${factor} for ${scenario}`).join(", ");
  return `Loads were scaled down (${list}); those with a limit and bursts were not. --load 1 sends all of it.`;
}

/** The situations that never occurred: what the campaign has not tried. */
export function neverSentence(situations: readonly SituationRow[]): string | undefined {
  const never = situations.filter(({ seeds }) => seeds === 0).map(({ situation }) => situation);
  return never.length === 0 ? undefined : `Never met: ${never.join("; ")}.`;
}

/** What was made of the failing run. */
export function shrunkSentence({ runs, minimal, changes, recipe }: ShrunkRun): string {
  const end = minimal
    ? "nothing smaller that was tried fails in the same way"
    : "the runs were used up, and smaller ones may fail too";
  const what = changes.length === 0 ? "Nothing could be taken away" : `Shrunk in ${counted(changes.length, "step")}`;
  return `${what} (${counted(runs, "run")}; ${end}). What is left: ${recipe.join("; ")}.`;
}

/** Where the shrunk run and the nearest that passes part. */
export function divergenceSentence({ change, sharedSteps, failing, passing }: TraceDivergence): string {
  return (
    `The nearest run that passes differs in this: ${change}. Both begin with the same ${counted(sharedSteps, "step")}; ` +
    `then the failing one ${goesOn(failing)}, and the passing one ${goesOn(passing)}.`
  );
}

/** One step of a trace. */
export function traceText({ at, who, what, detail }: TraceLine): string {
  return `${at.toFixed(3).padStart(12)} ms  ${who.padEnd(12)} ${what}${detail === "" ? "" : ` ${detail}`}`;
}

/** `scheduler-failover, seed 7` */
export function failureName({ scenario, seed }: Pick<CampaignFailure, "scenario" | "seed">): string {
  return `${scenario}, seed ${seed}`;
}

function seedsRun({ passed, failed, inconclusive, broken }: SeedCounts): number {
  return passed + failed + inconclusive + broken;
}

function goesOn(step: TraceLine | undefined): string {
  if (!step) return "is over";
  const { at, who, what, detail } = step;
  return `has "${[who, what, detail].filter((word) => word !== "").join(" ")}" at ${at.toFixed(3)} ms`;
}
