import { blindWitness, seededRandom } from "../../core/mod.ts";
import { readConfig, type Config } from "../config/config.ts";
import { encodePacket, type Heartbeat, type JobResult } from "../domain/packets.ts";
import { heartbeatSubject, resultSubject, submitSubject } from "../domain/subjects.ts";
import type { DeadLetter, Environment, Leases, Lock, Locks, MetricKey, NewJob, WorkerSnapshot } from "../ports/mod.ts";
import { ManualClock } from "./manual-clock.test-support.ts";
import { MemoryBus } from "./memory-bus.test-support.ts";
import { MemoryJobs } from "./memory-jobs.test-support.ts";

/** A lock as a test can take it away. */
interface HeldLock extends Lock {
  lose(): void;
}

/** Everything outside the roles, in memory, shared by all replicas of one test. */
export class MemoryPlane {
  readonly clock = new ManualClock();
  readonly jobs = new MemoryJobs(this.clock);
  readonly bus = new MemoryBus(this.clock);
  readonly held = new Map<string, HeldLock>();
  /** Sections whose lock was given back. */
  readonly released: string[] = [];
  readonly leaders = new Map<string, { instance: string; term: AbortController }>();
  readonly deadLetters = new Map<string, DeadLetter>();
  readonly counts = new Map<string, number>();
  readonly logged: { level: string; message: string; facts: unknown }[] = [];
  snapshot: WorkerSnapshot | undefined;
  #epochs = 0;
  #sections = 0;

  /** What one replica gets. */
  environment(instance: string): Environment {
    const { clock, jobs } = this;
    return {
      ...{ instance, clock, jobs, witness: blindWitness },
      random: seededRandom(instance),
      log: this.#log(),
      metrics: {
        count: (metric, labels = {}, by = 1) => this.#count(metric, labels, by),
        set: () => {},
        observe: (metric, value, labels = {}) => this.#count(metric, { ...labels, value: `${value}` }, 1),
        expose: () => Promise.resolve(""),
      },
      bus: this.bus.of(instance),
      locks: this.#locks(),
      leases: this.#leases(instance),
      outbox: {
        deliver: async (job, { revision, intents }) => {
          try {
            for (const intent of intents) {
              if (intent.kind === "publish") await this.bus.of(instance).publish(intent);
              else this.deadLetters.set(job.id, letterOf(job, intent.cause));
            }
            await jobs.settle(job.id, revision);
          } catch {
            this.#count("outboxFailed", {}, 1);
          }
        },
      },
      deadLetters: {
        record: (letter) => Promise.resolve(void this.deadLetters.set(letter.id, letter)),
        read: (id) => Promise.resolve(this.deadLetters.get(id)),
        count: () => Promise.resolve(this.deadLetters.size),
      },
      workerSnapshots: {
        read: () => Promise.resolve(this.snapshot),
        write: (snapshot) => {
          const accepted = (this.snapshot?.epoch ?? 0) <= snapshot.epoch;
          if (accepted) this.snapshot = snapshot;
          return Promise.resolve(accepted);
        },
      },
      limiter: { admit: unused },
      idempotency: { reserve: unused },
      workflows: { put: unused, read: unused, remove: unused, list: unused },
      runs: {
        ...{ create: unused, read: unused, open: unused, save: unused, settle: unused },
        ...{ unfinished: unused, forgetFinished: unused, list: unused, timeline: unused },
      },
      runTimers: { set: unused, due: unused, clear: unused },
      store: { ping: unused, pool: unused },
    };
  }

  /** How often something was counted, over all replicas and labels that match. */
  counted(metric: MetricKey, labels: Record<string, string> = {}): number {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
    let total = 0;
    for (const [name, count] of this.counts) {
      const [key, ...parts] = name.split("|");
      if (key === metric && wanted.every((label) => parts.includes(label))) total += count;
    }
    return total;
  }

  /** Stores a job and hands it to the schedulers, as a gateway does. */
  async submit(id: string, fields: Partial<NewJob> = {}): Promise<void> {
    const body = encodePacket("submit", "gateway-1", `trace-${id}`, { job_id: id });
    await this.store(id, fields);
    this.bus.publish({ subject: submitSubject, id: `submit:${id}`, body });
    await this.clock.advance(0);
  }

  /** Stores a job, and hands it to nobody. */
  async store(id: string, fields: Partial<NewJob> = {}): Promise<void> {
    const identity = { id, topic: "job.echo", tenant: "tenant", traceId: `trace-${id}` };
    await this.jobs.create({ ...identity, payload: `"${id}"`, labels: {}, submittedBy: "gateway-1", ...fields }, []);
  }

  /** A heartbeat of a worker that needs no process. */
  async beat(worker: string, fields: Partial<Heartbeat> = {}): Promise<void> {
    const identity = { worker_id: worker, session: `${worker}/1`, topics: ["job.echo"] };
    const heartbeat = { ...identity, active_jobs: 0, max_parallel_jobs: 4, ...fields };
    this.bus.broadcast(heartbeatSubject, encodePacket("heartbeat", worker, "beat", heartbeat));
    await this.clock.advance(0);
  }

  /** Time passes, and these workers go on beating. */
  async pass(forMs: number, workers: readonly string[] = [], stepMs = 5_000): Promise<void> {
    for (let left = forMs; left > 0; left -= stepMs) {
      await this.clock.advance(Math.min(stepMs, left));
      for (const worker of workers) await this.beat(worker);
    }
  }

  /** What a worker without a process says of an attempt that it has claimed. */
  async report(id: string, fields: Partial<JobResult> = {}): Promise<void> {
    const { epoch, worker = "worker-1", session = "worker-1/1" } = this.jobs.get(id);
    const identity = { job_id: id, epoch, worker_id: worker, session };
    const result: JobResult = { ...identity, status: "SUCCEEDED", execution_ms: 1, ...fields };
    const body = encodePacket("result", result.worker_id, "trace", result);
    this.bus.publish({ subject: resultSubject, body });
    await this.clock.advance(0);
  }

  /** A worker without a process claims the current attempt of a job. */
  async claim(id: string, worker = "worker-1", session = `${worker}/1`): Promise<boolean> {
    const { epoch } = this.jobs.get(id);
    const { granted } = await this.jobs.claim({ id, epoch, worker, session, token: `${id} ${epoch} ${session}` });
    return granted;
  }

  #log(): Environment["log"] {
    const at = (level: string) => (message: string, facts?: unknown) => {
      this.logged.push({ level, message, facts });
    };
    return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  }

  #count(metric: MetricKey, labels: Record<string, string>, by: number): void {
    const name = [metric, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join("|");
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  #locks(): Locks {
    return {
      acquire: (key) => {
        if (this.held.has(key)) return Promise.resolve(undefined);
        const lost = new AbortController();
        const free = (): void => {
          if (this.held.get(key) === lock) this.held.delete(key);
        };
        const lock: HeldLock = {
          key,
          section: `section-${++this.#sections}`,
          signal: lost.signal,
          release: () => {
            this.released.push(lock.section);
            return Promise.resolve(free());
          },
          lose: () => {
            free();
            lost.abort();
          },
        };
        this.held.set(key, lock);
        return Promise.resolve(lock);
      },
    };
  }

  #leases(instance: string): Leases {
    return {
      campaign: async ({ key, signal }, lead) => {
        while (!signal.aborted) {
          if (!this.leaders.has(key)) {
            const term = new AbortController();
            this.leaders.set(key, { instance, term });
            await lead({ epoch: ++this.#epochs, signal: AbortSignal.any([term.signal, signal]) });
            this.leaders.delete(key);
          }
          await this.clock.sleep(1_000, signal);
        }
      },
    };
  }
}

/** The defaults, and what a test wants otherwise. */
export function configOf(overrides: Partial<Config> = {}): Config {
  return { ...readConfig({}), workerTopics: ["job.echo"], ...overrides };
}

function letterOf(job: { id: string; topic: string; state: string; epoch: number }, cause: string): DeadLetter {
  return { id: job.id, topic: job.topic, cause, lastState: job.state, attempts: job.epoch, createdUnixMs: 0 };
}

function unused(): never {
  throw new Error("no role under test uses this");
}
