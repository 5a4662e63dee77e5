import type { Bytes } from "../bytes.ts";
import type { Client } from "./client.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { RedisSession } from "./engine.ts";
import type { Reply } from "./reply.ts";
import type { ServerState } from "./server-state.ts";
import { Waiting } from "./waiting.ts";

interface Pending {
  readonly command: readonly Bytes[];
  readonly reply: (reply: Reply) => void;
}

/** A client's connection: carries out its commands one by one, and holds back the later ones while one waits. */
export class Session implements RedisSession {
  readonly #state: ServerState;
  readonly #dispatcher: Dispatcher;
  readonly #client: Client;
  #held: Pending[] = [];
  #waits = false;
  #closed = false;

  constructor(state: ServerState, dispatcher: Dispatcher, client: Client) {
    this.#state = state;
    this.#dispatcher = dispatcher;
    this.#client = client;
    state.clients.set(client.id, client);
  }

  execute(command: readonly Bytes[], reply: (reply: Reply) => void): void {
    if (this.#closed || this.#client.leaving) return;
    if (this.#waits) this.#held.push({ command, reply });
    else this.#carryOut({ command, reply });
  }

  close(): void {
    const { watches, channels, waits, clients } = this.#state;
    this.#closed = true;
    this.#held = [];
    watches.clear(this.#client);
    channels.forget(this.#client);
    waits.remove(this.#client);
    clients.delete(this.#client.id);
  }

  #carryOut({ command, reply }: Pending): void {
    const answer = this.#dispatcher.execute(this.#client, command);
    if (answer instanceof Waiting) this.#wait(answer, reply);
    else reply(answer);
    this.#dispatcher.serveWaiting();
  }

  #wait(waiting: Waiting, reply: (reply: Reply) => void): void {
    this.#waits = true;
    const goOn = (answer: Reply): void => {
      this.#waits = false;
      reply(answer);
      while (!this.#waits && !this.#closed && this.#held.length > 0) this.#carryOut(this.#held.shift()!);
    };
    this.#state.waits.add({ client: this.#client, waiting, reply: goOn });
  }
}
