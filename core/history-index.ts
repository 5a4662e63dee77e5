import type { ExecutionEvent, HistoryEvent, OperationEvent } from "./events.ts";
import { faultWindows } from "./fault-windows.ts";
import { begun, inconsistent, type Growing } from "./growing.ts";
import type { ExecutionHistory, History, JobHistory } from "./history.ts";
import { sectionKeeper } from "./section-keeper.ts";

/** Sorts events by subject, one at a time. */
export interface HistoryIndex {
  /**
   * @throws SeatrialError `history_inconsistent` for an event that goes back in time, or an end without a beginning.
   */
  add(event: HistoryEvent): void;
  /** Everything added so far. */
  history(): History;
}

/**
 * The history of events that are in memory already, in order of time.
 *
 * @throws SeatrialError `history_inconsistent` for an event that goes back in time, or an end without a beginning.
 */
export function indexHistory(events: Iterable<HistoryEvent>): History {
  const index = historyIndex();
  for (const event of events) index.add(event);
  return index.history();
}

/** An empty index. */
export function historyIndex(): HistoryIndex {
  const growing = emptyHistory();
  const keep = keepers(growing);
  return {
    add(event) {
      if (event.at < growing.endedAt) throw inconsistent(event, `time runs backwards, from ${growing.endedAt} ms`);
      const keepThis = keep[event.kind] as ((event: HistoryEvent) => void) | undefined;
      if (!keepThis) throw inconsistent(event, "this version of Seatrial does not know the kind");
      keepThis(event);
      growing.size += 1;
      growing.endedAt = event.at;
    },
    history: () => growing,
  };
}

type Keepers = { readonly [Kind in HistoryEvent["kind"]]: (event: Extract<HistoryEvent, { kind: Kind }>) => void };

/** What each kind of event adds to the history. */
function keepers(history: Growing<History>): Keepers {
  const job = jobIndex(history.jobs);
  const faults = faultWindows(history.faults);
  return {
    phase: (event) => history.phases.push(event),
    op(event) {
      history.operations.push(event);
      if (event.job !== undefined && event.outcome === "ok") acknowledge(job(event.job), event);
    },
    execution: executionKeeper(job),
    effect: (event) => job(event.job).effects.push(event),
    dispatch: (event) => job(event.job).dispatches.push(event),
    write: (event) => job(event.job).writes.push(event),
    "job-read": (event) => job(event.job).reads.push(event),
    section: sectionKeeper(history.sections),
    fault: (event) => faults.add(event),
    replica(event) {
      history.replicas.push(event);
      faults.see(event);
    },
    stall: (event) => history.stalls.push(event),
    "workers-read": (event) => history.workersReads.push(event),
    "health-read": (event) => history.healthReads.push(event),
    workflow: (event) => history.workflows.push(event),
    "run-read": (event) => history.runReads.push(event),
    sample: (event) => history.samples.push(event),
  };
}

function emptyHistory(): Growing<History> {
  return {
    size: 0,
    endedAt: 0,
    phases: [],
    operations: [],
    jobs: new Map(),
    sections: [],
    faults: [],
    replicas: [],
    stalls: [],
    workersReads: [],
    healthReads: [],
    workflows: [],
    runReads: [],
    samples: [],
  };
}

function jobIndex(jobs: Map<string, JobHistory>): (id: string) => Growing<JobHistory> {
  return (id) => {
    const known = jobs.get(id);
    if (known) return known as Growing<JobHistory>;
    const job: Growing<JobHistory> = {
      id,
      acknowledgedAt: undefined,
      load: undefined,
      executions: [],
      effects: [],
      dispatches: [],
      writes: [],
      reads: [],
    };
    jobs.set(id, job);
    return job;
  };
}

/** The first acknowledgement counts: with idempotency keys there may be several. */
function acknowledge(job: Growing<JobHistory>, operation: OperationEvent): void {
  if (operation.op !== "submit" || job.acknowledgedAt !== undefined) return;
  job.acknowledgedAt = operation.at;
  job.load = operation.load;
}

function executionKeeper(job: (id: string) => Growing<JobHistory>): (event: ExecutionEvent) => void {
  const begins = new Map<string, Growing<ExecutionHistory>>();
  return (event) => {
    if (event.phase === "end") {
      const execution = begun(begins.get(event.execution), event);
      execution.endAt = event.at;
      execution.outcome = event.outcome;
      return;
    }
    const { execution, epoch, who: worker, at: beginAt } = event;
    const begin = { execution, epoch, worker, beginAt, endAt: undefined, outcome: undefined };
    begins.set(execution, begin);
    job(event.job).executions.push(begin);
  };
}
