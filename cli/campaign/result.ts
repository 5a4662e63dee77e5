import { exitCodes, messageOf, type ExitCode } from "../../core/mod.ts";
import type { CampaignCoverage, CampaignResult, UnclearSeed } from "../../reports/mod.ts";
import { version } from "../version.ts";
import type { ConductedCampaign } from "./conduct.ts";
import { meetingOf } from "./coverage/fault-meetings.ts";
import { situations } from "./coverage/situations.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { seedsIn, type Tally } from "./tally.ts";

/** What is known of a campaign besides what it came to. */
export interface CampaignFacts {
  readonly name: string;
  readonly firstSeed: number;
  /** One of each scenario. */
  readonly recipes: readonly Recipe[];
  readonly swarm: boolean;
  readonly jobs: number;
  readonly startedAtUnixMs: number;
  readonly reproduce: string;
}

/** The campaign as data, for its reports. */
export function resultOf(end: ConductedCampaign, facts: CampaignFacts): CampaignResult {
  const { tally, wallMs, failures } = end;
  const { name, firstSeed, swarm, jobs, startedAtUnixMs, reproduce, recipes } = facts;
  const { cpuMs, virtualMs, kernelEvents, counts } = tally;
  return {
    format: 1,
    seatrial: version,
    ...{ name, counts, firstSeed, swarm, startedAtUnixMs, reproduce, failures },
    status: statusOf(end, swarm),
    loadFactors: Object.fromEntries(recipes.map(({ scenario, loadFactor }) => [scenario, loadFactor])),
    tuning: recipes[0]?.tuningName ?? "",
    without: recipes[0]?.without ?? [],
    speed: { jobs, wallMs, cpuMs, virtualMs, kernelEvents },
    coverage: coverageIn(tally, recipes),
    unclear: [...tally.kept.broken, ...tally.kept.inconclusive].flatMap(unclearSeed),
  };
}

/** The exit code that a campaign's status stands for. */
export function exitCodeOfCampaign({ status }: Pick<CampaignResult, "status">): ExitCode {
  return exitCodes[status];
}

/**
 * A failed seed outweighs everything. In a swarm some seeds draw faults that meet nothing, so that only a swarm in
 * which no seed passed is inconclusive; elsewhere one such seed is enough.
 */
function statusOf({ tally, interrupted }: ConductedCampaign, swarm: boolean): CampaignResult["status"] {
  const { passed, failed, inconclusive, broken } = tally.counts;
  if (interrupted) return "interrupted";
  if (failed > 0) return "failed";
  if (broken > 0 || seedsIn(tally) === 0 || passed === 0) return "inconclusive";
  return inconclusive > 0 && !swarm ? "inconclusive" : "passed";
}

function unclearSeed(report: Tally["kept"]["broken"][number]): UnclearSeed[] {
  const { recipe, outcome, because = "nothing was examined" } = report;
  if (outcome !== "inconclusive" && outcome !== "broken") return [];
  return [{ scenario: recipe.scenario, seed: recipe.seed, outcome, because: messageOf(because) }];
}

/** Situations that this campaign's planes could have met, and every meeting of a fault and a state. */
function coverageIn({ coverage }: Tally, recipes: readonly Recipe[]): CampaignCoverage {
  const hasWorkflows = recipes.some(({ cluster }) => (cluster.workflows ?? 0) > 0);
  const possible = situations.filter(({ needs }) => needs !== "workflow" || hasWorkflows);
  const rows = possible.map(({ id, tries }) => ({ situation: id, tries, ...(coverage.get(id) ?? nothingMet) }));
  const meetings = [...coverage].flatMap(([id, met]) => {
    const meeting = meetingOf(id);
    return meeting ? [{ ...meeting, ...met }] : [];
  });
  return { situations: rows, meetings: meetings.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b))) };
}

const nothingMet = { seeds: 0, occurrences: 0 };

function orderOf({ action, role, doing }: { action: string; role: string; doing: string }): string {
  return `${action} ${role} ${doing}`;
}
