import { blindWitness, systemRandom } from "../../core/mod.ts";
import { unguardedLocks } from "../adapters/redis/mod.ts";
import { encodePacket, type RunCommand } from "../domain/packets.ts";
import { cancelSubject, resultSubject, submitSubject, workflowCommandSubject } from "../domain/subjects.ts";
import { beginRun, type Run, type StepDefinition } from "../domain/workflow/mod.ts";
import type { Environment, Job, Lock } from "../ports/mod.ts";
import { configOf, MemoryPlane } from "../scheduler/memory-plane.test-support.ts";
import { withoutLocksOn } from "../without/locks-on.ts";
import { startWorkflowEngine, type EngineOptions, type RunningEngine } from "./engine.ts";
import { MemoryRuns, MemoryRunTimers } from "./memory-runs.test-support.ts";
import { runLockKey, runLockPrefix } from "./with-run-lock.ts";

/** The defaults. */
export const config = configOf();

/** Steps of workflows, without what they have in common. */
export const steps = {
  worker: (...dependsOn: string[]): StepDefinition => ({ type: "worker", topic: "job.echo", input: 1, dependsOn }),
  delay: (delayMs: number, ...dependsOn: string[]): StepDefinition => ({ type: "delay", delayMs, dependsOn }),
  approval: (...dependsOn: string[]): StepDefinition => ({ type: "approval", prompt: "?", dependsOn }),
  forEach: (count: number, ...dependsOn: string[]): StepDefinition => ({
    ...{ type: "for_each", items: Array.from({ length: count }, (_, item) => item), dependsOn },
    ...{ template: { topic: "job.echo", input: "${item}" }, maxParallel: count },
  }),
};

/** Everything outside a workflow engine, in memory; the test itself is scheduler and worker. */
export class WorkflowPlane {
  readonly plane = new MemoryPlane();
  readonly runs = new MemoryRuns();
  readonly timers = new MemoryRunTimers(this.plane.clock);

  /** What one engine gets. */
  environment(instance: string): Environment {
    return { ...this.plane.environment(instance), runs: this.runs, runTimers: this.timers };
  }

  engine(instance: string, options: EngineOptions = {}, changes: Partial<Environment> = {}): Promise<RunningEngine> {
    return startWorkflowEngine({ ...this.environment(instance), ...changes }, config, options);
  }

  /** An engine that consumes, and leads nothing. */
  follower(instance: string, changes: Partial<Environment> = {}): Promise<RunningEngine> {
    return this.engine(instance, { parts: [] }, changes);
  }

  /** Stores a run, as a gateway does, and hands it to nobody. */
  async store(id: string, definitionSteps: Record<string, StepDefinition>, changes: Partial<Run> = {}): Promise<void> {
    const definition = { id: "pipeline", name: "Pipeline", steps: definitionSteps };
    const nowUnixMs = this.plane.clock.unixMs();
    const run = beginRun({ id, tenant: "tenant", traceId: "trace", definition, input: null, nowUnixMs });
    await this.runs.create({ ...run, ...changes }, []);
  }

  /** Stores a run and starts it. */
  async start(id: string, definitionSteps: Record<string, StepDefinition>): Promise<void> {
    await this.store(id, definitionSteps);
    await this.command({ run_id: id, command: "start" });
  }

  async command(command: Omit<RunCommand, "requested_by">): Promise<void> {
    const { run_id: run } = command;
    const body = encodePacket("run-command", "gateway-1", "trace", { ...command, requested_by: "somebody" });
    const id = `run:${run}:${command.command}`;
    this.plane.bus.publish({ subject: workflowCommandSubject, id, body });
    await this.settle();
  }

  /** A job ends by its record's word; nobody is told. */
  end(job: string, fields: Partial<Job> = {}): void {
    this.plane.jobs.overwrite(job, { state: "SUCCEEDED", ...fields });
  }

  /** A worker says that a job has ended. */
  async tell(job: string): Promise<void> {
    this.plane.bus.publish({ subject: resultSubject, body: resultOf(job) });
    await this.settle();
  }

  /** A job ends, and its result is told. */
  async finish(job: string, fields: Partial<Job> = {}): Promise<void> {
    this.end(job, fields);
    await this.tell(job);
  }

  state(run: string): string {
    return this.runs.get(run).run.state;
  }

  /** The states of a run's steps. */
  steps(run: string): Record<string, string> {
    const entries = Object.entries(this.runs.get(run).run.steps);
    return Object.fromEntries(entries.map(([step, { state }]) => [step, state]));
  }

  /** The jobs that were handed to the schedulers, in order. */
  submitted(): string[] {
    return this.plane.bus.on(submitSubject).map(({ id = "" }) => id.replace("submit:", ""));
  }

  /** The jobs that the schedulers were asked to cancel. */
  cancelled(): string[] {
    return this.plane.bus.on(cancelSubject).map(({ id = "" }) => id.replace("cancel:", ""));
  }

  /** Somebody else holds a run's lock. */
  async hold(run: string): Promise<Lock> {
    const lock = await this.plane.environment("somebody").locks.acquire(runLockKey(run), config.runLockTtlMs);
    if (!lock) throw new Error(`the lock of ${run} is held already`);
    return lock;
  }

  /** Locks as an engine has them whose run lock is left out. */
  locksLeftOut(instance: string): Environment["locks"] {
    const { clock, locks, log, metrics } = this.plane.environment(instance);
    const unguarded = unguardedLocks({ clock, log, metrics, instance, random: systemRandom(), witness: blindWitness });
    return withoutLocksOn(runLockPrefix, locks, unguarded);
  }

  settle(): Promise<void> {
    return this.plane.clock.advance(0);
  }
}

function resultOf(job: string): string {
  const identity = { job_id: job, epoch: 1, worker_id: "worker-1", session: "worker-1/1" };
  return encodePacket("result", "worker-1", "trace", { ...identity, status: "SUCCEEDED", execution_ms: 1 });
}
