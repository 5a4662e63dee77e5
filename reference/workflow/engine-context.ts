import type { Config } from "../config/config.ts";
import type { RunEvent } from "../domain/workflow/mod.ts";
import type { Environment } from "../ports/mod.ts";
import type { Background } from "../replica/background.ts";
import type { LedPart } from "../replica/campaign.ts";
import type { DueTimers } from "../replica/due-timers.ts";
import type { Changed } from "./changed.ts";

/** What changing a run takes. */
export interface ChangeContext {
  readonly env: Environment;
  readonly config: Config;
  /** The moments that this replica set for runs, so that it can wake them in time. */
  readonly wakes: DueTimers<DueWake>;
  /** The id under which a step's job is made, from the one that the run gave it. */
  readonly jobId: (id: string) => string;
  /** What nobody waits for, except the shutdown. */
  readonly background: Background;
}

/** What everything in a workflow engine shares. */
export interface EngineContext extends ChangeContext {
  /** Lets events happen to a run. All of this replica's go through here. */
  readonly apply: ApplyEvents;
}

/** Rejects when Redis is away, or its answer got lost: then the same events may be applied again. */
export type ApplyEvents = (run: string, events: readonly RunEvent[]) => Promise<Changed>;

/** A moment at which a run wants to be woken. */
export interface DueWake {
  readonly run: string;
  readonly unixMs: number;
}

/** Something that one workflow engine does for all, under a lease. */
export type EnginePart = LedPart<EngineContext>;
