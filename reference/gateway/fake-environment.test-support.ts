import { blindWitness, seededRandom, systemClock } from "../../core/mod.ts";
import type { Admission, Environment, Log, Message, Metrics, OutboxEntry, WorkerSnapshot } from "../ports/mod.ts";
import { CallFaults } from "./call-faults.test-support.ts";
import { FakeJobs } from "./fake-jobs.test-support.ts";
import { FakeWorkflows } from "./fake-workflows.test-support.ts";

/** An environment in memory: what it was asked for, and the strings to pull. */
export class FakeEnvironment {
  readonly faults = new CallFaults();
  readonly jobs = new FakeJobs();
  readonly workflows = new FakeWorkflows();
  /** What was published. */
  readonly published: Message[] = [];
  readonly delivered: { readonly job: string; readonly entry: OutboxEntry }[] = [];
  readonly admitted: { readonly key: string; readonly limit: number }[] = [];
  readonly reservations = new Map<string, { job: string; digest: string }>();
  /** How often each metric was counted: `httpRequests GET /health 200`. */
  readonly counts = new Map<string, number>();
  readonly logged: string[] = [];
  admission: Admission = {
    ...{ allowed: true, limit: 100, remaining: 99, mode: "shared" },
    ...{ retryAfterMs: 0, resetAfterMs: 700 },
  };
  snapshot: WorkerSnapshot | undefined;
  busConnected = true;

  /** The environment, made anew: take it once. */
  environment(): Environment {
    return {
      ...this.#basic(),
      ...this.#asked(),
      ...unasked,
    };
  }

  #basic(): BasicPorts {
    return {
      ...{ instance: "gateway-1", clock: systemClock(), random: seededRandom("gateway"), witness: blindWitness },
      ...{ log: this.#log(), metrics: this.#metrics() },
    };
  }

  /** The ports that a gateway uses. */
  #asked(): Omit<Environment, keyof BasicPorts | keyof typeof unasked> {
    const ping = { ping: () => Promise.resolve(0.25) };
    return {
      jobs: this.faults.on("jobs", this.jobs.port),
      outbox: this.faults.on("outbox", { deliver: this.#deliver }),
      limiter: this.faults.on("limiter", { admit: this.#admit }),
      idempotency: this.faults.on("idempotency", { reserve: this.#reserve }),
      workerSnapshots: {
        write: notAsked,
        ...this.faults.on("workerSnapshots", { read: () => Promise.resolve(this.snapshot) }),
      },
      workflows: this.faults.on("workflows", this.workflows.port),
      runs: { ...this.faults.on("runs", this.workflows.runs), ...unaskedOfRuns },
      store: { ...this.faults.on("store", ping), pool: () => ({ connections: 3, idle: 2, limit: 20 }) },
      bus: {
        ...{ broadcast: notAsked, listen: notAsked, consume: notAsked },
        ...this.faults.on("bus", { publish: this.#publish }),
        connected: () => this.busConnected,
      },
    };
  }

  readonly #publish: Environment["bus"]["publish"] = (message) => {
    this.published.push(message);
    return Promise.resolve({ sequence: this.published.length, duplicate: false });
  };

  readonly #deliver: Environment["outbox"]["deliver"] = (job, entry) => {
    this.delivered.push({ job: job.id, entry });
    return this.jobs.port.settle(job.id, entry.revision);
  };

  readonly #admit: Environment["limiter"]["admit"] = (key, limit) => {
    this.admitted.push({ key, limit });
    return Promise.resolve(this.admission);
  };

  readonly #reserve: Environment["idempotency"]["reserve"] = (tenant, key, wanted) => {
    const kept = this.reservations.get(`${tenant}:${key}`);
    if (!kept) this.reservations.set(`${tenant}:${key}`, wanted);
    return Promise.resolve({ ...(kept ?? wanted), first: !kept });
  };

  #log(): Log {
    const line = (message: string, facts?: unknown): void =>
      void this.logged.push(`${message} ${JSON.stringify(facts)}`);
    return { debug: line, info: line, warn: line, error: line };
  }

  #metrics(): Metrics {
    const count = (metric: string, labels: Record<string, string> = {}): void => {
      const name = [metric, ...Object.values(labels)].join(" ");
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    };
    return {
      ...{ count, set: (metric, _value, labels) => count(metric, labels) },
      ...{ observe: (metric, _value, labels) => count(metric, labels), expose: async () => "cordum_fake 1\n" },
    };
  }
}

type BasicPorts = Pick<Environment, "instance" | "clock" | "random" | "witness" | "log" | "metrics">;

function notAsked(): never {
  throw new Error("a gateway has no business with this call");
}

/** Ports and calls that are none of a gateway's business. */
const unasked = {
  locks: { acquire: notAsked },
  leases: { campaign: notAsked },
  deadLetters: { record: notAsked, read: notAsked, count: notAsked },
  runTimers: { set: notAsked, due: notAsked, clear: notAsked },
};

const unaskedOfRuns = {
  open: notAsked,
  save: notAsked,
  settle: notAsked,
  unfinished: notAsked,
  forgetFinished: notAsked,
};
