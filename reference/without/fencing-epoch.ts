import type { Jobs } from "../ports/mod.ts";
import type { WorkerOptions } from "../worker/worker.ts";

/** Left out: the fence. A claim is granted whatever epoch it was dispatched under. */
export function withoutFencedClaims(jobs: Jobs): Jobs {
  return {
    ...jobs,
    async claim(request) {
      const job = await jobs.read(request.id);
      return jobs.claim({ ...request, epoch: job?.epoch ?? request.epoch });
    },
  };
}

/** Left out: the token. Whatever the attempt, the sink is shown the same one. */
export const unfencedWorker: WorkerOptions = { token: () => 1 };
