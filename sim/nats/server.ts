import type { NatsClientOptions, NatsEngine, NatsMessage, NatsOptions, NatsSession } from "./engine.ts";
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
    const { flushAfterMs = defaultFlushAfterMs, replicasMax = 1, stored } = options;
    this.version = version;
    this.maxPayload = maxPayload;
    this.router = new Router(random.fork("queues"));
    this.#jetstream = new JetStream({ clock, random, router: this.router, version, flushAfterMs, replicasMax, stored });
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
