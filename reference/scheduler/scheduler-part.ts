import type { LedPart } from "../replica/campaign.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** A job of the scheduler that one replica does for all, under a lease. */
export type SchedulerPart = LedPart<SchedulerContext>;
