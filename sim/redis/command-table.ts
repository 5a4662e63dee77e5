import type { Bytes } from "../bytes.ts";
import type { Command } from "./command.ts";
import { blockingCommands } from "./commands/blocking.ts";
import { connectionCommands } from "./commands/connection.ts";
import { counterCommands } from "./commands/counters.ts";
import { expiryCommands } from "./commands/expiry.ts";
import { hashCommands } from "./commands/hashes.ts";
import { introspectionOf } from "./commands/introspection.ts";
import { keyCommands } from "./commands/keys.ts";
import { listCommands } from "./commands/lists.ts";
import { multiPopCommands } from "./commands/multi-pops.ts";
import { randomPickCommands } from "./commands/random-picks.ts";
import { scanCommands } from "./commands/scans.ts";
import { scriptCommands } from "./commands/scripts.ts";
import { serverCommands } from "./commands/server.ts";
import { setCommands } from "./commands/sets.ts";
import { sortedSetAlgebraCommands } from "./commands/sorted-set-algebra.ts";
import { sortedSetRangeCommands } from "./commands/sorted-set-ranges.ts";
import { sortedSetCommands } from "./commands/sorted-sets.ts";
import { stringCommands } from "./commands/strings.ts";
import { subscriptionCommands } from "./commands/subscriptions.ts";
import { transactionCommands } from "./commands/transactions.ts";
import { unsimulatedCommands } from "./commands/unsimulated.ts";
import { Refusal, wrongArity } from "./refusal.ts";

/** Every command of Redis 7.0, by its name. */
export class CommandTable {
  readonly #byName: ReadonlyMap<Bytes, Command>;

  constructor(commands: readonly Command[]) {
    const introspection = introspectionOf(() => this.#byName);
    this.#byName = new Map([introspection, ...commands].map((each) => [each.name, each]));
  }

  /** The command that these words call, or what is wrong with them. */
  find(args: readonly Bytes[]): Command | Refusal {
    const [name = "", subname] = args;
    const first = this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
    if (!first) return unknownCommand(args);
    const found = first.subcommands && subname !== undefined ? first.subcommands.get(subname.toLowerCase()) : first;
    if (!found) return unknownSubcommand(name, subname ?? "");
    return takes(found, args.length) ? found : wrongArity(found.name);
  }
}

function takes({ arity }: Command, count: number): boolean {
  return arity < 0 ? count >= -arity : count === arity;
}

const shownMax = 128;

function unknownCommand([name = "", ...args]: readonly Bytes[]): Refusal {
  let shown = "";
  for (const each of args) {
    if (shown.length >= shownMax) break;
    shown += `'${asText(each, shownMax - shown.length)}' `;
  }
  return new Refusal(oneLine(`ERR unknown command '${asText(name, shownMax)}', with args beginning with: ${shown}`));
}

function unknownSubcommand(name: Bytes, subname: Bytes): Refusal {
  const container = asText(name, shownMax).toUpperCase();
  return new Refusal(oneLine(`ERR unknown subcommand '${asText(subname, shownMax)}'. Try ${container} HELP.`));
}

/** C ends a text at its first zero byte. */
function asText(bytes: Bytes, max: number): Bytes {
  return (bytes.split("\0", 1)[0] ?? "").slice(0, max);
}

function oneLine(text: Bytes): Bytes {
  return text.replaceAll(/[\r\n]/g, " ");
}

/** The commands of this engine, and the names of those that it does not simulate. */
export const commandTable: CommandTable = new CommandTable([
  ...stringCommands,
  ...counterCommands,
  ...keyCommands,
  ...expiryCommands,
  ...scanCommands,
  ...hashCommands,
  ...listCommands,
  ...blockingCommands,
  ...multiPopCommands,
  ...setCommands,
  ...sortedSetCommands,
  ...sortedSetRangeCommands,
  ...sortedSetAlgebraCommands,
  ...randomPickCommands,
  ...transactionCommands,
  ...scriptCommands,
  ...subscriptionCommands,
  ...connectionCommands,
  ...serverCommands,
  ...unsimulatedCommands,
]);
