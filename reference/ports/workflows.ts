import type { WorkflowDefinition } from "../domain/workflow/definition.ts";
import type { Run, RunIntent, RunState, TimelineEntry } from "../domain/workflow/run.ts";

/** The workflows that are known: `wf:def:<tenant>:<id>`, `wf:index:<tenant>`. Ids are a tenant's own. */
export interface Workflows {
  /** Registers it, or takes the place of what had its id. Runs that have begun keep what they began with. */
  put(tenant: string, definition: WorkflowDefinition): Promise<void>;
  read(tenant: string, id: string): Promise<WorkflowDefinition | undefined>;
  /** False when there was none. */
  remove(tenant: string, id: string): Promise<boolean>;
  /** In order of their ids. */
  list(tenant: string, query: { offset: number; limit: number }): Promise<WorkflowDefinition[]>;
}

/** What a change of a run promised, at the version that the change made. */
export interface RunOutboxEntry {
  readonly version: number;
  readonly intents: readonly RunIntent[];
}

/** A run as the store has it. */
export interface StoredRun {
  readonly run: Run;
  /** Grows with every write. */
  readonly version: number;
  /** Grows with every `open`: whoever opened before can no longer save. */
  readonly epoch: number;
  /** Promised, and perhaps not delivered yet. */
  readonly outbox: readonly RunOutboxEntry[];
}

/** A change of one run, made only if nobody opened or wrote it since. */
export interface RunSave {
  readonly run: Run;
  /** From `open`. */
  readonly version: number;
  readonly epoch: number;
  readonly intents: readonly RunIntent[];
  readonly timeline: readonly TimelineEntry[];
  /** The lock section that the writer is in, for the witness. */
  readonly section?: string;
}

/** Whether a change was made; `version` names its outbox entry. */
export type RunSaved =
  | { readonly accepted: true; readonly version: number }
  | { readonly accepted: false; readonly version: number };

/**
 * The runs' documents: `wf:run:<id>`. Every write is one script on that one key; indexes follow as idempotent
 * pipelines, and the reconciler puts right what a crash in between left out.
 */
export interface Runs {
  /** Repeating it is harmless: an existing run is left as it is, and given back. */
  create(run: Run, intents: readonly RunIntent[]): Promise<{ created: boolean; stored: StoredRun }>;
  read(id: string): Promise<StoredRun | undefined>;
  /** Reads for writing, under the run's lock: mints a new epoch, which fences off every earlier opener. */
  open(id: string): Promise<StoredRun | undefined>;
  save(change: RunSave): Promise<RunSaved>;
  /** The outbox entry of this version has been delivered. */
  settle(id: string, version: number): Promise<void>;
  /** Ids of runs that have not ended or have something in the outbox, oldest first, a page at a time. */
  unfinished(query: { offset: number; limit: number }): Promise<string[]>;
  /** Drops an id from the index of unfinished runs, when its document is gone, or has ended and owes nothing. */
  forgetFinished(id: string): Promise<void>;
  /** A tenant's runs, newest first. */
  list(
    tenant: string,
    query: {
      readonly workflow?: string;
      readonly state?: RunState;
      readonly offset: number;
      readonly limit: number;
    },
  ): Promise<Run[]>;
  /** Oldest first; the newest 1,000 entries are kept. */
  timeline(id: string): Promise<TimelineEntry[]>;
}

/** When runs want to be woken: `cordum:wf:delay:timers`, one moment for each run. */
export interface RunTimers {
  /** The earlier of this and what was set before. */
  set(run: string, unixMs: number): Promise<void>;
  /** Runs whose moment has come, by the store's clock, earliest first. They stay until they are cleared. */
  due(limit: number): Promise<{ readonly run: string; readonly unixMs: number }[]>;
  /** Takes a moment away, if it is still the one that is set. */
  clear(run: string, unixMs: number): Promise<void>;
}
