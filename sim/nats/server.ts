import type { NatsClientOptions, NatsEngine, NatsMessage, NatsOptions, NatsSession } from "./engine.ts";
import type { NatsDisk } from "./jetstream/disk-image.ts";
import { JetStream } from "./jetstream/jetstream.ts";
import { Router } from "./router.ts";
import { Session, type Intake } from "./session.ts";

const defaultVersion = "2.9.10";
const defaultMaxPayload = 1_048_576;
const defaultFlushAfterMs = 250;

/** A single NATS server with JetStream, in memory. */
export class NatsServer implements NatsEngine, Intake {
  readonly version: string;
  readonly maxPayload: number;
  readonly router: Router;
  readonly #jetstream: JetStream;
  readonly #sessions = new Set<Session>();

  constructor(options: NatsOptions) {
    const { clock, random, version = defaultVersion, maxPayload = defaultMaxPayload } = options;
    const { flushAfterMs = defaultFlushAfterMs, replicasMax = 1, stored, disk } = options;
    this.version = version;
    this.maxPayload = maxPayload;
    this.router = new Router(random.fork("queues"));
    this.#jetstream = new JetStream({ clock, random, router: this.router, version, flushAfterMs, replicasMax, stored });
    if (disk) this.#jetstream.restore(disk);
  }

  /**
   * Dies at this instruction, as by SIGKILL: its connections are gone, and nobody is told. What consumers delivered and
   * had acknowledged in the last {@link NatsOptions.flushAfterMs} never reached the disk.
   *
   * @returns what a new server may begin with
   */
  kill(): NatsDisk {
    for (const session of this.#sessions) session.close();
    return this.#jetstream.halt();
  }

  /** Stops in an orderly way: everything is on disk, and clients are told. */
  stop(): NatsDisk {
    this.#jetstream.flush();
    for (const session of this.#sessions) session.end("Server Shutdown");
    return this.#jetstream.halt();
  }

  /** Its cluster has no leader any more: nothing is stored, and nothing is delivered. */
  loseLeader(): void {
    this.#jetstream.suspend();
  }

  /** Its cluster has a leader again. Whether those who waited for messages are told to ask again is up to chance. */
  gainLeader(options: { tellsWaiting: boolean }): void {
    this.router.turn.run(() => this.#jetstream.resume(options));
  }

  connect(options: NatsClientOptions): NatsSession {
    const session = new Session(options, this);
    this.#sessions.add(session);
    return session;
  }

  take(message: NatsMessage, from: Session): boolean {
    const isTaken = this.router.publish(message, from);
    return (message.subject.startsWith("$JS.") && this.#jetstream.take(message)) || isTaken;
  }

  left(session: Session): void {
    this.#sessions.delete(session);
  }
}
