import { decodePacket } from "../domain/packets.ts";
import { unreadable, unreadableLetter } from "../domain/poison.ts";
import { streams, topicQueue, workerQueue, workerSubject } from "../domain/subjects.ts";
import type { Consumption, Delivery, Disposition, Environment } from "../ports/mod.ts";
import { handleDispatch } from "./handle-dispatch.ts";
import type { WorkerContext } from "./worker-context.ts";

/** Consumes the worker's own subject, and each of its topics together with the other workers that serve it. */
export async function consumeDispatches(worker: WorkerContext): Promise<Consumption[]> {
  const { env, config } = worker;
  // Nobody else consumes the worker's own subject, so its messages wait here for a slot as long as it takes.
  const own = consume(worker, workerSubject(env.instance), workerQueue(env.instance), config.runningTimeoutMs);
  const shared = config.workerTopics.map((topic) => consume(worker, topic, topicQueue(topic), config.heartbeatMs));
  const starting = [own, ...shared];
  try {
    return await Promise.all(starting);
  } catch (thrown) {
    const begun = (await Promise.allSettled(starting)).filter((start) => start.status === "fulfilled");
    await Promise.allSettled(begun.map((start) => start.value.stop()));
    throw thrown;
  }
}

function consume(worker: WorkerContext, subject: string, queue: string, patienceMs: number): Promise<Consumption> {
  const { env, config } = worker;
  const options = { stream: streams.jobs.name, subject, queue, concurrency: config.workerConcurrency };
  return env.bus.consume(options, (delivery) => {
    const dispatch = decodePacket("dispatch", delivery.body);
    return dispatch ? handleDispatch(worker, delivery, dispatch, patienceMs) : bury(env, delivery);
  });
}

/** What nobody can read is dead-lettered, and only then ended. */
async function bury({ deadLetters, metrics, clock }: Environment, delivery: Delivery): Promise<Disposition> {
  const { subject, body, deliveries } = delivery;
  const message = { stream: streams.jobs.name, subject, body, deliveries };
  await deadLetters.record(unreadableLetter(message, clock.unixMs()));
  metrics.count("poisonMessages", { subject });
  metrics.count("deadLetters", { cause: unreadable });
  return { reject: unreadable };
}
