import type { Bytes } from "../bytes.ts";
import type { Answer, Call, Inside } from "./call.ts";
import type { Client } from "./client.ts";
import type { Command } from "./command.ts";
import { commandTable } from "./command-table.ts";
import { endTransaction } from "./commands/transactions.ts";
import { unsimulated } from "./commands/unsimulated.ts";
import { Refusal } from "./refusal.ts";
import { ErrorReply, Status, type Reply } from "./reply.ts";
import type { ServerState } from "./server-state.ts";
import { Waiting } from "./waiting.ts";
import type { Waiter } from "./waits.ts";

const queued = new Status("QUEUED");
const readOnly = new Refusal("READONLY You can't write against a read only replica.");
const noReplicas = new Refusal("NOREPLICAS Not enough good replicas to write.");

/** Takes commands from clients, transactions and scripts, and has them carried out if they may be. */
export class Dispatcher {
  readonly #state: ServerState;

  constructor(state: ServerState) {
    this.#state = state;
  }

  /** A client's command. */
  execute(client: Client, args: readonly Bytes[]): Answer {
    this.#state.tick();
    this.#state.commandsProcessed += 1;
    const found = commandTable.find(args);
    const refusal = found instanceof Refusal ? found : this.#objection(client, found, args);
    if (refusal) return this.#reject(client, args, refusal);
    const command = found as Command;
    if (client.queue && !command.flags.includes("unqueued")) {
      client.queue.push(args);
      return queued;
    }
    const { replicas, stream } = this.#state;
    const before = replicas.offset;
    const answer = this.#carryOut(command, args, client, "nothing");
    stream.flush();
    if (replicas.offset > before) client.writtenTo = replicas.offset;
    return answer;
  }

  /** Lets those who wait for what the last command has changed have their turn. */
  serveWaiting(): void {
    this.#state.waits.serve((waiter) => this.#attempt(waiter));
  }

  #attempt({ waiting }: Waiter): Reply | undefined {
    const reply = caught(() => waiting.attempt());
    this.#state.stream.flush();
    return reply;
  }

  #carryOut(command: Command, args: readonly Bytes[], client: Client, inside: Inside): Answer {
    const state = this.#state;
    const call = this.#callOf(client, inside);
    const database = client.database;
    const before = state.changes;
    const answer = caught(() => command.run(args, call));
    const effects = call.effects ?? (state.changes === before || !command.flags.includes("write") ? [] : [args]);
    for (const effect of effects) state.stream.append(database, effect);
    return answer;
  }

  #callOf(client: Client, inside: Inside): Call {
    const state = this.#state;
    return {
      state,
      client,
      db: state.database(client.database),
      inside,
      perform: (args, within) => this.#perform(client, args, within),
    };
  }

  /** A command within a transaction, which has been looked at before it was queued, or within a script. */
  #perform(client: Client, args: readonly Bytes[], inside: Inside): Reply {
    const found = commandTable.find(args);
    if (found instanceof Refusal) return inside === "transaction" ? found.reply : inScriptsWords(found).reply;
    const refusal = inside === "transaction" ? undefined : this.#objectionToScript(client, found, inside);
    if (refusal) return refusal.reply;
    const answer = this.#carryOut(found, args, client, inside);
    if (answer instanceof Waiting) throw new Error(`${found.name} waits within a ${inside}`);
    return answer;
  }

  /** A command that is not even tried spoils the transaction that it stands in; EXEC ends it. */
  #reject(client: Client, [name = ""]: readonly Bytes[], { reply }: Refusal): ErrorReply {
    if (client.queue) client.broken = true;
    if (name.toLowerCase() !== "exec") return reply;
    endTransaction({ client, state: this.#state });
    return new ErrorReply(`EXECABORT Transaction discarded because of: ${reply.text.replace(/^ERR /, "")}`);
  }

  #objectionToScript(client: Client, { flags }: Command, inside: Inside): Refusal | undefined {
    if (flags.includes("noscript")) return notFromScript;
    if (!flags.includes("write")) return undefined;
    if (inside === "read-only script") return notFromReadOnlyScript;
    return this.#objectionToWrite(client);
  }

  #objection(client: Client, { flags, name }: Command, args: readonly Bytes[]): Refusal | undefined {
    if (flags.includes("unsimulated")) return unsimulated(name);
    const writesNow = flags.includes("write") || (name === "exec" && client.queue?.some(isWrite));
    const refusal = writesNow ? this.#objectionToWrite(client) : undefined;
    if (refusal) return refusal;
    if (client.subscriptions === 0 || allowedWhileSubscribed.has(name)) return undefined;
    return new Refusal(
      `ERR Can't execute '${(args[0] ?? "").toLowerCase()}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are ` +
        "allowed in this context",
    );
  }

  #objectionToWrite(client: Client): Refusal | undefined {
    if (client.isPrimary) return undefined;
    if (!this.#state.replicas.areEnough && this.#state.primary === undefined) return noReplicas;
    return this.#state.primary === undefined ? undefined : readOnly;
  }
}

const unknownInScript = new Refusal("ERR Unknown Redis command called from script");
const wrongArityInScript = new Refusal("ERR Wrong number of args calling Redis command from script");

/** A script is told the same in other words. */
function inScriptsWords({ reply }: Refusal): Refusal {
  return reply.text.startsWith("ERR unknown") ? unknownInScript : wrongArityInScript;
}

const notFromScript = new Refusal("ERR This Redis command is not allowed from script");
const notFromReadOnlyScript = new Refusal("ERR Write commands are not allowed from read-only scripts.");

const allowedWhileSubscribed = new Set([
  ...["subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe"],
  ...["ping", "quit", "reset"],
]);

function isWrite(args: readonly Bytes[]): boolean {
  const found = commandTable.find(args);
  return !(found instanceof Refusal) && found.flags.includes("write");
}

function caught<Result>(run: () => Result): Result | ErrorReply {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.reply;
    throw thrown;
  }
}
