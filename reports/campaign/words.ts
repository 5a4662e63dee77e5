import { readableMs } from "../../core/mod.ts";
import { cellText, count, counted } from "../cell.ts";
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
  const perCoreSecond = (amount: number): string => rateText((1_000 * amount) / Math.max(1, cpuMs));
  return (
    `${readableMs(wallMs)} on ${counted(jobs, "worker")}: ${rateText((1_000 * seeds) / Math.max(1, wallMs))} runs a second, ` +
    `${perCoreSecond(seeds)} for each core. Simulated were ${timeText(virtualMs)} and ${counted(kernelEvents, "event")}, ` +
    `${perCoreSecond(kernelEvents)} a second for each core.`
  );
}

/** What was tried of what the scenarios would have sent. */
export function loadSentence({ loadFactors, swarm }: CampaignResult): string | undefined {
  const scaled = Object.entries(loadFactors).filter(([, factor]) => factor < 1);
  if (scaled.length === 0 || swarm) return undefined;
  const list = scaled.map(([scenario, factor]) => `${factor} for ${scenario}`).join(", ");
  return `Loads were scaled down (${list}): fewer operations, or less time for those with a limit. --load 1 sends all.`;
}

/** The situations that never occurred: what the campaign has not tried. */
export function neverSentence(situations: readonly SituationRow[]): string | undefined {
  if (situations.every(({ seeds }) => seeds === 0)) return "Nothing occurred of all that tries a guarantee.";
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

/** Where the shrunk run and the nearest that was found to pass part. */
export function divergenceSentence(divergence: TraceDivergence | undefined): string {
  if (!divergence) return "No run that passes was found on the way: there is nothing to compare the shrunk one with.";
  const { change, lookedAt, stepsBack, sharedSteps, failing, passing } = divergence;
  const whose = stepsBack === 0 ? "" : ` from what was left ${counted(stepsBack, "step")} earlier`;
  const which =
    lookedAt === 1 ? "The one passing run looked at" : `The nearest of the ${lookedAt} passing runs looked at`;
  return (
    `${which} differs${whose} in this: ${change}. Both begin with the same ${counted(sharedSteps, "step")}; ` +
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

function rateText(perSecond: number): string {
  return perSecond < 100 ? `${Number(perSecond.toPrecision(2))}` : cellText(count(Math.round(perSecond)));
}

function timeText(virtualMs: number): string {
  return virtualMs < 3_600_000 ? readableMs(virtualMs) : `${cellText(count(virtualMs / 3_600_000))} hours`;
}
