import type { Timer } from "../../core/mod.ts";
import { attemptFate, type Fate } from "../domain/attempt-fate.ts";
import { Listening } from "../domain/listening.ts";
import { decodePacket } from "../domain/packets.ts";
import { echoSubject, rollCallSubject } from "../domain/roll-call.ts";
import { handshakeSubject, heartbeatSubject } from "../domain/subjects.ts";
import { assign, type Target } from "../domain/worker-choice.ts";
import { WorkerRegistry } from "../domain/worker-registry.ts";
import type { Environment, Job, Subscription, WorkerInfo } from "../ports/mod.ts";

/** News of the workers that a leader should act on at once. */
export type WorkerNews = "topic-online" | "worker-gone";

/** Echoes, and looks for the dead, this many times within the TTL. */
const beatsPerTtl = 6;

/**
 * Follows the workers' heartbeats, and keeps account of what it may conclude from silence.
 *
 * Each scheduler watches for itself: nothing is shared but the broadcasts.
 */
export class WorkerWatch {
  readonly #env: Environment;
  readonly #ttlMs: number;
  readonly #registry: WorkerRegistry;
  readonly #listening: Listening;
  readonly #subscriptions: readonly Subscription[];
  readonly #beat: Timer;
  readonly #listeners = new Set<(news: WorkerNews) => void>();

  /** @param ttlMs - a worker that has been silent for this long is dead */
  constructor(env: Environment, ttlMs: number) {
    this.#env = env;
    this.#ttlMs = ttlMs;
    this.#registry = new WorkerRegistry(ttlMs);
    this.#listening = new Listening(ttlMs / 2);
    const observe = (body: string): void => this.#observe(body);
    this.#subscriptions = [
      env.bus.listen(heartbeatSubject, observe),
      env.bus.listen(handshakeSubject, observe),
      env.bus.listen(echoSubject(env.instance), () => this.#hearEcho()),
    ];
    this.#beat = env.clock.every(ttlMs / beatsPerTtl, () => this.#tick());
    env.bus.broadcast(rollCallSubject, "");
    this.#echo();
  }

  /** Gives a job of this topic to a worker, and counts it as given. */
  assign(topic: string): Target {
    return assign(this.#registry.serving(topic, this.#now()), this.#env.random);
  }

  /** Whether anybody takes work of this topic. */
  serves(topic: string): boolean {
    return this.#registry.serves(topic, this.#now());
  }

  /** Whether it has listened for so long, without a gap, up to now. */
  hasListened(forMs: number): boolean {
    return this.#listening.lastedMs(this.#now()) >= forMs;
  }

  /** Whether the worker of a job's current attempt can still end it. */
  fate({ worker, session }: Pick<Job, "worker" | "session">, idleMs: number): Fate {
    if (worker === undefined) return "unknown";
    const nowMs = this.#now();
    const canJudge = this.hasListened(this.#ttlMs);
    return attemptFate({ worker: this.#registry.find(worker, nowMs), session, idleMs, canJudge, nowMs });
  }

  /** The workers that take work, as gateways show them, in order of their ids. */
  live(): WorkerInfo[] {
    const workers = this.#registry.live(this.#now()).map((worker) => ({
      id: worker.id,
      session: worker.session,
      topics: [...worker.topics],
      activeJobs: worker.activeJobs,
      maxParallelJobs: worker.maxParallelJobs,
      lastSeenUnixMs: worker.heardAtUnixMs,
    }));
    return workers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Calls back on every piece of news. Returns how to end that. */
  onNews(listener: (news: WorkerNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#beat.cancel();
    for (const subscription of this.#subscriptions) subscription.close();
    this.#listeners.clear();
  }

  #observe(body: string): void {
    const packet = decodePacket("heartbeat", body);
    if (!packet) return this.#env.log.warn("heartbeat that cannot be read", { bytes: body.length });
    const { clock } = this.#env;
    const observed = this.#registry.observe(packet.payload, clock.now(), clock.unixMs());
    if (observed.topicOnline) this.#tell("topic-online");
    if (observed.workerGone) this.#tell("worker-gone");
  }

  #tick(): void {
    if (this.#registry.expire(this.#now()) > 0) this.#tell("worker-gone");
    // Heartbeats were missed as well: rather ask than wait for the next ones.
    if (!this.#listening.hears(this.#now())) this.#env.bus.broadcast(rollCallSubject, "");
    this.#echo();
  }

  #echo(): void {
    this.#env.bus.broadcast(echoSubject(this.#env.instance), "");
  }

  #hearEcho(): void {
    this.#listening.heard(this.#now());
  }

  #tell(news: WorkerNews): void {
    for (const listener of this.#listeners) listener(news);
  }

  #now(): number {
    return this.#env.clock.now();
  }
}
