import { readableMs } from "../../core/mod.ts";
import type { CampaignOrder } from "./run-campaign.ts";
import { seedsIn, type Tally } from "./tally.ts";

/** How far a campaign is: `312 of 1,000 runs, 24/s, none failed, 1.3 h simulated, about 28 s left`. */
export function progressLine(
  tally: Tally,
  elapsedMs: number,
  until: CampaignOrder["until"],
  scenarios: number,
): string {
  const done = seedsIn(tally);
  const perSecond = done / Math.max(0.001, elapsedMs / 1_000);
  const all = "seeds" in until ? until.seeds * scenarios : undefined;
  const leftMs = "seeds" in until ? (1_000 * ((all ?? 0) - done)) / perSecond : until.lastingMs - elapsedMs;
  const { failed, broken, inconclusive } = tally.counts;
  return [
    `${done.toLocaleString("en")}${all === undefined ? "" : ` of ${all.toLocaleString("en")}`} runs`,
    `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`,
    failed === 0 ? "none failed" : `${failed} failed`,
    ...(broken > 0 ? [`${broken} broken`] : []),
    ...(inconclusive > 0 ? [`${inconclusive} inconclusive`] : []),
    `${readableHours(tally.virtualMs)} simulated`,
    `about ${readableMs(Math.max(0, Math.round(leftMs)))} left`,
  ].join(", ");
}

function readableHours(virtualMs: number): string {
  return virtualMs < 3_600_000 ? readableMs(virtualMs) : `${(virtualMs / 3_600_000).toFixed(1)} h`;
}
