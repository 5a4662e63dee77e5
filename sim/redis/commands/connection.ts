import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, container, keyless, ofConnection, type Command } from "../command.ts";
import { indexOf } from "../integers.ts";
import { Refusal, syntaxError, wrongArity } from "../refusal.ts";
import { ok, Status, type Reply } from "../reply.ts";
import { clientLine } from "./client-line.ts";
import { databaseOf } from "./keys.ts";
import { endTransaction } from "./transactions.ts";
import { unsimulated, unsimulatedIn } from "./unsimulated.ts";

const unqueued = { ...ofConnection, flags: ["noscript", "unqueued"] } as const;

/** What a client says about its own connection. */
export const connectionCommands: readonly Command[] = [
  command("ping", -1, keyless, ([, ...words], call) => ping(call, words)),
  command("echo", 2, keyless, ([, message]) => message),
  command("select", 2, keyless, ([, index], { client, state }) => {
    client.database = databaseOf(index, state.databases).index;
    return ok;
  }),
  command("auth", -2, ofConnection, ([, ...words]) => authenticate(words)),
  command("hello", -1, ofConnection, ([, ...words], call) => hello(call, words)),
  command("quit", -1, unqueued, (_, { client }) => {
    client.leaving = true;
    return ok;
  }),
  command("reset", 1, unqueued, (_, call) => reset(call)),
  command("readonly", 1, keyless, () => {
    throw noCluster;
  }),
  command("readwrite", 1, keyless, () => {
    throw noCluster;
  }),
  container("client", [
    ...unsimulatedIn("client", {
      ...{ caching: 3, getredir: 2, help: 2, kill: -3, pause: -3, reply: 3 },
      ...{ tracking: -3, trackinginfo: 2, unblock: -3, unpause: 2 },
    }),
    command("id", 2, ofConnection, (_, { client }) => client.id),
    command("getname", 2, ofConnection, (_, { client }) => client.name || null),
    command("setname", 3, ofConnection, ([, , name], { client }) => {
      client.name = nameOf(name);
      return ok;
    }),
    command("info", 2, ofConnection, (_, { client }) => clientLine(client)),
    command("list", -2, ofConnection, ([, , ...filters], { state }) => {
      if (filters.length > 0) throw unsimulated("client list with a filter");
      return [...state.clients.values()].map(clientLine).join("");
    }),
    command("no-evict", 3, ofConnection, ([, , choice]) => {
      if (!["ON", "OFF"].includes(choice.toUpperCase())) throw syntaxError;
      return ok;
    }),
  ]),
];

const noCluster = new Refusal("ERR This instance has cluster support disabled");

function ping({ client }: Call, [message, ...more]: readonly Bytes[]): Reply {
  if (more.length > 0) throw wrongArity("ping");
  if (client.subscriptions > 0) return ["pong", message ?? ""];
  return message ?? new Status("PONG");
}

function authenticate([user, password, ...more]: readonly Bytes[]): Reply {
  if (more.length > 0) throw syntaxError;
  if (password === undefined) {
    throw new Refusal(
      "ERR AUTH <password> called without any password configured for the default user. " +
        "Are you sure your configuration is correct?",
    );
  }
  if (user !== "default") throw new Refusal("WRONGPASS invalid username-password pair or user is disabled.");
  return ok;
}

/** RESP2 is what this engine speaks; a client that can fall back to it does so when RESP3 is refused. */
function hello(call: Call, [version, ...words]: readonly Bytes[]): Reply {
  if (version !== undefined) assertProtocol(version);
  const rest = words.values();
  for (const word of rest) {
    const option = word.toUpperCase();
    const [first, second] = [rest.next().value, option === "AUTH" ? rest.next().value : undefined];
    if (option === "AUTH" && first !== undefined && second !== undefined) authenticate([first, second]);
    else if (option === "SETNAME" && first !== undefined) call.client.name = nameOf(first);
    else throw new Refusal(`ERR Syntax error in HELLO option '${word}'`);
  }
  const { client, state } = call;
  const role = state.primary === undefined ? "master" : "replica";
  return [
    ...["server", "redis", "version", "7.0.15", "proto", 2, "id", client.id],
    ...["mode", "standalone", "role", role, "modules", []],
  ];
}

function assertProtocol(text: Bytes): void {
  const version = indexOf(text, new Refusal("ERR Protocol version is not an integer or out of range"));
  if (version !== 2) throw new Refusal("NOPROTO unsupported protocol version");
}

function nameOf(name: Bytes): Bytes {
  if (/^[!-~]*$/.test(name)) return name;
  throw new Refusal("ERR Client names cannot contain spaces, newlines or special characters.");
}

function reset(call: Call): Reply {
  const { client, state } = call;
  endTransaction(call);
  state.channels.forget(client);
  client.database = 0;
  client.name = "";
  return new Status("RESET");
}
