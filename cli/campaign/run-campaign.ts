import type { Recipe } from "../recipe/recipe.ts";
import { runAll, type Pool } from "./pool/pool.ts";
import { addReport, emptyTally, type Tally } from "./tally.ts";

/** How far a campaign goes, and with what. */
export interface CampaignOrder {
  /** The runs of one seed: one for a scenario, several for a suite. */
  readonly recipesOf: (seed: string) => readonly Recipe[];
  /** The first seed; the others count up from it. */
  readonly first: number;
  /** So many seeds, or as many as can be begun in this time. */
  readonly until: { readonly seeds: number } | { readonly lastingMs: number };
  /** Goes on after a failure. */
  readonly keepGoing: boolean;
}

/** What runs a campaign, and who looks on. */
export interface CampaignTools {
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** Real time, in ms. */
  readonly now: () => number;
  /** Called after every seed. */
  readonly onSeed: (tally: Tally, elapsedMs: number) => void;
}

/** What a campaign came to. */
export interface CampaignEnd {
  readonly tally: Tally;
  readonly wallMs: number;
  readonly interrupted: boolean;
}

/**
 * Runs seed after seed, until there are enough of them, the time is over, or one has failed. Those that have begun by
 * then are finished, so that the lowest failing seed is found whatever the number of workers.
 */
export async function runCampaign(order: CampaignOrder, tools: CampaignTools): Promise<CampaignEnd> {
  const { pool, signal, now, onSeed } = tools;
  const tally = emptyTally();
  const startedAt = now();
  const isOver = (): boolean => "lastingMs" in order.until && now() - startedAt >= order.until.lastingMs;
  const hasFailed = (): boolean => !order.keepGoing && tally.counts.failed > 0;
  const more = (): boolean => !signal.aborted && !isOver() && !hasFailed();
  await runAll(pool, recipesOf(order), more, (report) => {
    addReport(tally, report);
    onSeed(tally, now() - startedAt);
  });
  return { tally, wallMs: now() - startedAt, interrupted: signal.aborted };
}

/** All scenarios with one seed, then all with the next. */
function* recipesOf({ recipesOf: recipes, first, until }: CampaignOrder): Generator<Recipe> {
  const count = "seeds" in until ? until.seeds : Infinity;
  for (let index = 0; index < count; index++) yield* recipes(`${first + index}`);
}
