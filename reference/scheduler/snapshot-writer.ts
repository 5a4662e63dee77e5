import { messageOf } from "../../core/mod.ts";
import type { Leadership } from "../ports/mod.ts";
import type { SchedulerPart } from "./scheduler-part.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** A worker's heartbeat interval is a sixth of WORKER_TTL by default: whoever is there is heard within it. */
const heartbeatsPerTtl = 6;

/** Writes the list of workers that every gateway shows, with the epoch of its lease: a later leader's list stays. */
export const snapshotWriter: SchedulerPart = {
  name: "snapshot writer",
  lease: ({ snapshotLeaseMs }) => ({ key: "cordum:scheduler:snapshot:writer", ttlMs: snapshotLeaseMs }),
  async lead(context, leadership) {
    const { env, config } = context;
    while (!leadership.signal.aborted) {
      await writeSnapshot(context, leadership).catch((thrown: unknown) => {
        env.log.warn("worker snapshot not written", { because: messageOf(thrown) });
      });
      await env.clock.sleep(config.snapshotIntervalMs, leadership.signal);
    }
  },
};

async function writeSnapshot(context: SchedulerContext, { epoch, signal }: Leadership): Promise<void> {
  const { env, workers } = context;
  if (!(await knowsEnough(context)) || signal.aborted) return;
  const written = await env.workerSnapshots.write({
    capturedUnixMs: env.clock.unixMs(),
    writer: env.instance,
    epoch,
    workers: workers.live(),
  });
  if (!written) env.log.warn("worker snapshot refused: a later leader has written", { epoch });
}

/** That nobody is there is believed only after a worker's whole TTL, if somebody was there before. */
async function knowsEnough({ env, config, workers }: SchedulerContext): Promise<boolean> {
  if (!workers.hasListened(config.workerTtlMs / heartbeatsPerTtl)) return false;
  if (workers.live().length > 0 || workers.hasListened(config.workerTtlMs)) return true;
  const last = await env.workerSnapshots.read();
  return (last?.workers.length ?? 0) === 0;
}
