import { Client } from "./client.ts";
import { Dispatcher } from "./dispatcher.ts";
import type { RedisEngine, RedisOptions, RedisSession } from "./engine.ts";
import type { Reply } from "./reply.ts";
import { ServerState } from "./server-state.ts";
import { Session } from "./session.ts";

/** A Redis 7.0 in memory. */
export class RedisServer implements RedisEngine {
  readonly #state: ServerState;
  readonly #dispatcher: Dispatcher;

  constructor(options: RedisOptions) {
    this.#state = new ServerState(options);
    this.#dispatcher = new Dispatcher(this.#state);
  }

  connect(push: (message: Reply) => void): RedisSession {
    const client = new Client(this.#state.nextClientId(), push);
    return new Session(this.#state, this.#dispatcher, client);
  }
}
