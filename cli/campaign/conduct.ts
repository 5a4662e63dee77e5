import { join } from "node:path";

import type { CampaignFailure } from "../../reports/mod.ts";
import { examineFailure, failureOf, type ExamineTools } from "./failure/examine-failure.ts";
import { runCampaign, type CampaignEnd, type CampaignOrder, type CampaignTools } from "./run-campaign.ts";
import type { SeedReport } from "./seed-report.ts";

/** What conducting a campaign takes: what runs it, and what looks into its failures. */
export interface ConductTools extends CampaignTools, Omit<ExamineTools, "pool" | "signal"> {
  /** Where failing runs go. */
  readonly folder: string;
}

/** A campaign that is over, with what was found out about its failures. */
export interface ConductedCampaign extends CampaignEnd {
  readonly failures: readonly CampaignFailure[];
}

/**
 * Runs a campaign, and then looks into its failures: of those in which the same check of the same scenario failed, into
 * the one with the lowest seed.
 */
export async function conductCampaign(order: CampaignOrder, tools: ConductTools): Promise<ConductedCampaign> {
  const end = await runCampaign(order, tools);
  const seen = new Set<string>();
  const failures: CampaignFailure[] = [];
  for (const report of end.tally.kept.failed) {
    const kind = `${report.recipe.scenario}: ${report.red[0]?.check}`;
    failures.push(seen.has(kind) ? failureOf(report) : await lookInto(report, tools));
    seen.add(kind);
  }
  return { ...end, failures, interrupted: tools.signal.aborted };
}

async function lookInto(report: SeedReport, tools: ConductTools): Promise<CampaignFailure> {
  const failure = failureOf(report);
  if (tools.signal.aborted) return failure;
  const folder = join(tools.folder, `${report.recipe.scenario}-seed-${report.recipe.seed}`);
  try {
    return { ...failure, examined: await examineFailure(report, folder, tools) };
  } catch (thrown) {
    // Somebody has stopped it: that the seed failed is known all the same.
    if (tools.signal.aborted) return failure;
    throw thrown;
  }
}
