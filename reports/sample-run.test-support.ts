import {
  seededRandom,
  type EffectEvent,
  type ExecutionHistory,
  type FaultWindow,
  type History,
  type JobHistory,
  type OperationEvent,
  type PhaseEvent,
  type Random,
} from "../core/mod.ts";
import type { RunData } from "./run-data.ts";
import { sampleDelays, sampleLocks, sampleReplicas, sampleTerms } from "./sample-plane.test-support.ts";
import { emptyHistory, sampleRecord, sampleVerdicts } from "./sample-record.test-support.ts";

/** How the made-up run goes. */
export interface SampleShape {
  /** @defaultValue 5000 */
  readonly operations?: number;
  /** @defaultValue 64200 */
  readonly lastedMs?: number;
}

/**
 * A made-up run with everything that a report shows: three loads, two faults, a takeover, refusals, a lost job.
 * The same shape gives the same run.
 */
export function sampleRun({ operations = 5_000, lastedMs = 64_200 }: SampleShape = {}): RunData {
  const random = seededRandom("a sample run");
  const faults = sampleFaults(lastedMs);
  const sent = Array.from({ length: operations }, (_, id) => sampleOperation(id, operations, lastedMs, random));
  const jobs = sent.flatMap((operation) => (operation.job ? [sampleJob(operation, faults, random)] : []));
  const history: History = {
    ...emptyHistory,
    size: operations * 5,
    phases: samplePhases(lastedMs),
    endedAt: lastedMs,
    operations: sent.toSorted((a, b) => a.at - b.at),
    jobs: new Map(jobs.map((job) => [job.id, job])),
    sections: [...sampleTerms(lastedMs), ...sampleLocks(jobs)],
    faults,
    replicas: sampleReplicas(lastedMs),
    stalls: [{ kind: "stall", who: "worker-3", at: lastedMs * 0.7, lastedMs: 212 }],
    samples: sampleDelays(lastedMs, random),
  };
  return { record: sampleRecord({ lastedMs, status: "failed", verdicts: sampleVerdicts(lastedMs) }), history };
}

function samplePhases(lastedMs: number): PhaseEvent[] {
  const phase = (share: number, name: PhaseEvent["phase"], detail?: string): PhaseEvent => {
    return { kind: "phase", who: "harness", at: share * lastedMs, phase: name, ...(detail && { detail }) };
  };
  return [
    phase(0, "boot"),
    phase(0.06, "load"),
    phase(0.86, "load-end"),
    phase(0.87, "healed"),
    phase(0.97, "not-converged", "2 jobs have not ended"),
    phase(1, "end"),
  ];
}

function sampleFaults(lastedMs: number): FaultWindow[] {
  const [killAt, pauseAt] = [lastedMs * 0.3, lastedMs * 0.55];
  return [
    {
      fault: "1 kill scheduler-1",
      action: "kill",
      targets: ["scheduler-1"],
      beginAt: killAt,
      struckAt: killAt,
      healAt: killAt + lastedMs * 0.15,
    },
    {
      fault: "2 pause worker-2",
      action: "pause",
      targets: ["worker-2"],
      beginAt: pauseAt,
      struckAt: pauseAt,
      healAt: pauseAt + lastedMs * 0.08,
    },
  ];
}

function sampleOperation(id: number, operations: number, lastedMs: number, random: Random): OperationEvent {
  const share = id / operations;
  const troubled = share > 0.3 && share < 0.36;
  const steady = random.next() < 0.2 ? "limited client" : "steady";
  const load = share < 0.15 ? "warm-up" : steady;
  const intendedAt = lastedMs * (0.06 + 0.8 * share);
  const sentAt = intendedAt + random.exponential(0.4);
  return {
    kind: "op",
    op: "submit",
    who: "load",
    id,
    load,
    via: `gateway-${1 + (id % 2)}`,
    client: load === "limited client" ? "limited" : "load",
    intendedAt,
    sentAt,
    at: sentAt + 1.5 + random.exponential(troubled ? 60 : 2.5),
    ...sampleAnswer(id, load, troubled, random),
  };
}

function sampleAnswer(
  id: number,
  load: string,
  troubled: boolean,
  random: Random,
): Pick<OperationEvent, "outcome" | "status" | "error" | "job"> {
  const chance = random.next();
  if (load === "limited client" && chance < 0.45) {
    return { outcome: "refused", status: 429, error: "rate limit exceeded" };
  }
  if (troubled && chance > 0.96) return { outcome: "unknown", error: "timeout" };
  if (troubled && chance > 0.92) return { outcome: "error", status: 503 };
  return { outcome: "ok", status: 202, job: `job-${id}` };
}

function sampleJob(operation: OperationEvent, faults: readonly FaultWindow[], random: Random): JobHistory {
  const id = operation.job ?? "";
  const lost = operation.id % 1_709 === 1_708;
  const kill = faults[0]?.struckAt ?? 0;
  const stuck = operation.at > kill - 30 && operation.at < kill + 2_600;
  const beginAt = stuck ? kill + 2_600 + random.exponential(400) : operation.at + 4 + random.exponential(8);
  const endAt = beginAt + 20 + random.exponential(10);
  const worker = `worker-${1 + (operation.id % 4)}`;
  const execution: ExecutionHistory = { execution: `${id}/1`, epoch: 1, worker, beginAt, endAt, outcome: "succeeded" };
  const effect: EffectEvent = {
    kind: "effect",
    who: "sink",
    at: endAt,
    job: id,
    epoch: 1,
    worker,
    decision: "accepted",
  };
  return {
    id,
    acknowledgedAt: operation.at,
    load: operation.load,
    executions: lost ? [] : [execution],
    effects: lost ? [] : [effect],
    dispatches: [],
    writes: [],
    reads: [],
  };
}
