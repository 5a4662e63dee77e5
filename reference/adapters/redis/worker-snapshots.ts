import type { Redis, WorkerInfo, WorkerSnapshot, WorkerSnapshots } from "../../ports/mod.ts";
import { loadScript } from "./scripts.ts";

const snapshotKey = "sys:workers:snapshot";

/** The worker snapshot in Redis: plain JSON that `GET sys:workers:snapshot` shows, with the documented names. */
export function redisWorkerSnapshots({ redis }: { readonly redis: Redis }): WorkerSnapshots {
  return {
    async write(snapshot) {
      const args = [snapshot.epoch, JSON.stringify(documentOf(snapshot))];
      return (await redis.script(writeScript, [snapshotKey], args)) === 1;
    },
    async read() {
      const text = await redis.command("GET", snapshotKey);
      return typeof text === "string" ? snapshotOf(JSON.parse(text) as SnapshotDocument) : undefined;
    },
  };
}

const writeScript = loadScript("snapshot-write");

interface SnapshotDocument {
  readonly captured_at: string;
  readonly writer_id: string;
  readonly epoch: number;
  readonly workers: readonly WorkerDocument[];
}

interface WorkerDocument {
  readonly worker_id: string;
  readonly session: string;
  readonly topics: readonly string[];
  readonly active_jobs: number;
  readonly max_parallel_jobs: number;
  readonly last_seen_at: string;
}

function documentOf({ capturedUnixMs, writer, epoch, workers }: WorkerSnapshot): SnapshotDocument {
  return { captured_at: isoTime(capturedUnixMs), writer_id: writer, epoch, workers: workers.map(workerDocumentOf) };
}

function workerDocumentOf(worker: WorkerInfo): WorkerDocument {
  return {
    worker_id: worker.id,
    session: worker.session,
    topics: worker.topics,
    active_jobs: worker.activeJobs,
    max_parallel_jobs: worker.maxParallelJobs,
    last_seen_at: isoTime(worker.lastSeenUnixMs),
  };
}

function snapshotOf({ captured_at, writer_id, epoch, workers }: SnapshotDocument): WorkerSnapshot {
  return { capturedUnixMs: Date.parse(captured_at), writer: writer_id, epoch, workers: workers.map(workerOf) };
}

function workerOf(document: WorkerDocument): WorkerInfo {
  return {
    id: document.worker_id,
    session: document.session,
    topics: document.topics,
    activeJobs: document.active_jobs,
    maxParallelJobs: document.max_parallel_jobs,
    lastSeenUnixMs: Date.parse(document.last_seen_at),
  };
}

function isoTime(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
