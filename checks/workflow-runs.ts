import { stepOfJob, type History, type OperationEvent, type RunReadEvent, type WorkflowStepFact } from "../core/mod.ts";

/** A workflow run that the plane acknowledged, and what witnesses saw of it. */
export interface RunEvidence {
  readonly run: string;
  readonly workflow: string;
  /** The load that started it. */
  readonly load: string;
  /** When the first request that may have started it was sent. */
  readonly sentAt: number;
  readonly acknowledgedAt: number;
  /** By id, in the order of the definition; missing when nobody wrote the workflow down. */
  readonly steps: ReadonlyMap<string, StepEvidence> | undefined;
  /** Steps that did something, and that the definition does not have. */
  readonly strangers: readonly string[];
  /** By approval step: when the first decision was sent. It was not taken before that. */
  readonly decidedAt: ReadonlyMap<string, number>;
  readonly reads: readonly RunReadEvent[];
}

/** What a step promised, and what it did. */
export interface StepEvidence {
  readonly fact: WorkflowStepFact;
  /** By index; the one job of a worker step has 0. Only those that were executed or took effect. */
  readonly children: ReadonlyMap<number, ChildEvidence>;
}

/** One job of a step over all its attempts, and whatever other ids it was given. */
export interface ChildEvidence {
  /** When each execution began. */
  readonly beginsAt: readonly number[];
  readonly attempts: number;
  /** Accepted ones. */
  readonly effects: readonly { readonly job: string; readonly at: number }[];
}

const known = new WeakMap<History, readonly RunEvidence[]>();

/** All acknowledged runs, in order of acknowledgement; gathered once for each history. */
export function workflowRuns(history: History): readonly RunEvidence[] {
  const found = known.get(history) ?? gather(history);
  known.set(history, found);
  return found;
}

type Children = Map<number, { beginsAt: number[]; attempts: number; effects: { job: string; at: number }[] }>;
type Deeds = ReadonlyMap<string, ReadonlyMap<string, Children>>;

function gather(history: History): RunEvidence[] {
  const starts = history.operations.filter(({ op }) => op === "start-run");
  const acknowledged = Map.groupBy(
    starts.filter(({ outcome, run }) => outcome === "ok" && run !== undefined),
    ({ run = "" }) => run,
  );
  const sources = { deeds: deedsIn(history), firstSent: firstSentByKey(starts), decided: decisionsIn(history) };
  const facts = new Map(history.workflows.map(({ workflow, steps }) => [workflow, steps]));
  const reads = Map.groupBy(history.runReads, ({ run }) => run);
  return [...acknowledged].flatMap(([run, [first]]) => {
    if (!first) return [];
    const own = sources.deeds.get(run) ?? new Map<string, Children>();
    const { workflow = "", load, at: acknowledgedAt, sentAt, idempotencyKey = "" } = first;
    const promised = facts.get(workflow);
    return {
      ...{ run, workflow, load, acknowledgedAt, reads: reads.get(run) ?? [] },
      sentAt: sources.firstSent.get(idempotencyKey) ?? sentAt,
      steps: promised && new Map(promised.map((fact) => [fact.id, { fact, children: own.get(fact.id) ?? new Map() }])),
      strangers: [...own.keys()].filter((step) => !promised?.some(({ id }) => id === step)),
      decidedAt: sources.decided.get(run) ?? new Map<string, number>(),
    };
  });
}

/** What was done for each step of each run, by the ids of the jobs. */
function deedsIn({ jobs }: History): Deeds {
  const runs = new Map<string, Map<string, Children>>();
  for (const { id, executions, effects } of jobs.values()) {
    const accepted = effects.filter(({ decision }) => decision === "accepted");
    const of = executions.length + accepted.length === 0 ? undefined : stepOfJob(id);
    if (!of) continue;
    const child = childOf(childrenOf(runs, of.run, of.step), of.index ?? 0);
    child.beginsAt.push(...executions.map(({ beginAt }) => beginAt));
    child.effects.push(...accepted.map(({ at }) => ({ job: id, at })));
    child.attempts = Math.max(child.attempts, of.attempt);
  }
  return runs;
}

function childrenOf(runs: Map<string, Map<string, Children>>, run: string, step: string): Children {
  const steps = runs.get(run) ?? new Map<string, Children>();
  const children: Children = steps.get(step) ?? new Map();
  steps.set(step, children);
  runs.set(run, steps);
  return children;
}

function childOf(children: Children, index: number): NonNullable<ReturnType<Children["get"]>> {
  const child = children.get(index) ?? { beginsAt: [], attempts: 0, effects: [] };
  children.set(index, child);
  return child;
}

/** A request whose outcome stayed unknown may have started the run that its resend was answered with. */
function firstSentByKey(starts: readonly OperationEvent[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { idempotencyKey, sentAt } of starts) {
    if (idempotencyKey === undefined) continue;
    first.set(idempotencyKey, Math.min(sentAt, first.get(idempotencyKey) ?? Infinity));
  }
  return first;
}

function decisionsIn({ operations }: History): Map<string, Map<string, number>> {
  const decided = new Map<string, Map<string, number>>();
  for (const { op, outcome, run, step, sentAt } of operations) {
    const mayHaveDecided = op === "decide" && (outcome === "ok" || outcome === "unknown");
    if (!mayHaveDecided || run === undefined || step === undefined) continue;
    const own = decided.get(run) ?? new Map<string, number>();
    own.set(step, Math.min(sentAt, own.get(step) ?? Infinity));
    decided.set(run, own);
  }
  return decided;
}
