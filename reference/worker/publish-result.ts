import { messageOf } from "../../core/mod.ts";
import { retryBackoffMs } from "../domain/retry-backoff.ts";
import type { Message } from "../ports/mod.ts";
import type { WorkerContext } from "./worker-context.ts";

const firstBackoffMs = 100;

/**
 * Publishes a result, again and again, until the stream has it; its message id makes that one message.
 *
 * Its slot stays taken meanwhile: a worker that cannot report should not take on more. It gives up when the job has
 * run into SCHEDULER_RUNNING_TIMEOUT anyway, or when the process goes; the reconciler then ends or retries the job.
 */
export async function publishResult({ env, config, closing }: WorkerContext, message: Message): Promise<void> {
  const giveUpAt = env.clock.now() + config.runningTimeoutMs;
  for (let tries = 1; ; tries++) {
    try {
      await env.bus.publish(message);
      return;
    } catch (thrown) {
      env.log.debug("result not published yet", { id: message.id, tries, because: messageOf(thrown) });
    }
    if (closing.aborted || env.clock.now() >= giveUpAt) {
      env.log.error("result given up", { id: message.id, tries });
      return;
    }
    await env.clock.sleep(retryBackoffMs(tries, firstBackoffMs), closing);
  }
}
