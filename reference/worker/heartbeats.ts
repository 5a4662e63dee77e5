import type { Timer } from "../../core/mod.ts";
import { encodePacket } from "../domain/packets.ts";
import { rollCallSubject } from "../domain/roll-call.ts";
import { handshakeSubject, heartbeatSubject } from "../domain/subjects.ts";
import type { Subscription } from "../ports/mod.ts";
import type { WorkerContext } from "./worker-context.ts";

/** Says that the worker lives: when it starts, every interval, whenever a scheduler calls the roll, and on leaving. */
export class Heartbeats {
  readonly #worker: WorkerContext;
  readonly #timer: Timer;
  readonly #rollCall: Subscription;
  #leaving = false;

  constructor(worker: WorkerContext) {
    const { env, config } = worker;
    this.#worker = worker;
    this.#timer = env.clock.every(config.heartbeatMs, () => this.#beat(heartbeatSubject));
    this.#rollCall = env.bus.listen(rollCallSubject, () => this.#beat(heartbeatSubject));
    this.#beat(handshakeSubject);
  }

  /** From now on every heartbeat says that no more work is wanted. What runs still runs, so they go on. */
  leave(): void {
    this.#leaving = true;
    this.#beat(heartbeatSubject);
  }

  stop(): void {
    this.#timer.cancel();
    this.#rollCall.close();
  }

  #beat(subject: string): void {
    const { env, config, session, slots } = this.#worker;
    const heartbeat = {
      worker_id: env.instance,
      session,
      topics: config.workerTopics,
      active_jobs: slots.taken,
      max_parallel_jobs: config.workerConcurrency,
      ...(this.#leaving ? { leaving: true } : {}),
    };
    env.bus.broadcast(subject, encodePacket("heartbeat", env.instance, session, heartbeat));
  }
}
