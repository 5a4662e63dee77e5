import { decodePacket } from "../domain/packets.ts";
import { streams, topicQueue, workerQueue, workerSubject } from "../domain/subjects.ts";
import type { Consumption } from "../ports/mod.ts";
import { bury } from "../replica/bury.ts";
import { allOrNone } from "../replica/consume-packets.ts";
import { handleDispatch } from "./handle-dispatch.ts";
import type { WorkerContext } from "./worker-context.ts";

/** Consumes the worker's own subject, and each of its topics together with the other workers that serve it. */
export function consumeDispatches(worker: WorkerContext): Promise<Consumption[]> {
  const { env, config } = worker;
  // Nobody else consumes the worker's own subject, so its messages wait here for a slot as long as it takes.
  const own = consume(worker, workerSubject(env.instance), workerQueue(env.instance), config.runningTimeoutMs);
  const shared = config.workerTopics.map((topic) => consume(worker, topic, topicQueue(topic), config.heartbeatMs));
  return allOrNone([own, ...shared]);
}

function consume(worker: WorkerContext, subject: string, queue: string, patienceMs: number): Promise<Consumption> {
  const { env, config } = worker;
  const options = { stream: streams.jobs.name, subject, queue, concurrency: config.workerConcurrency };
  return env.bus.consume(options, (delivery) => {
    const dispatch = decodePacket("dispatch", delivery.body);
    return dispatch ? handleDispatch(worker, delivery, dispatch, patienceMs) : bury(env, options.stream, delivery);
  });
}
