import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import type { Client } from "../client.ts";
import { command, container, keyless, type Command, type Traits } from "../command.ts";
import { globPattern } from "../glob.ts";
import { Refusal } from "../refusal.ts";
import type { Reply } from "../reply.ts";
import { unsimulatedIn } from "./unsimulated.ts";

const subscribes: Traits = { flags: ["pubsub", "noscript"], keys: [0, 0, 0] };

/** Messages to whoever listens. */
export const subscriptionCommands: readonly Command[] = [
  command("subscribe", -2, subscribes, ([, ...names], call) =>
    confirmEach(call, "subscribe", names, (name) => call.state.channels.subscribe(call.client, name)),
  ),
  command("psubscribe", -2, subscribes, ([, ...patterns], call) =>
    confirmEach(call, "psubscribe", patterns, (pattern) => call.state.channels.subscribePattern(call.client, pattern)),
  ),
  command("unsubscribe", -1, subscribes, ([, ...names], call) =>
    confirmEach(call, "unsubscribe", orAll(names, call.client.channels), (name) =>
      call.state.channels.unsubscribe(call.client, name),
    ),
  ),
  command("punsubscribe", -1, subscribes, ([, ...patterns], call) =>
    confirmEach(call, "punsubscribe", orAll(patterns, call.client.patterns), (pattern) =>
      call.state.channels.unsubscribePattern(call.client, pattern),
    ),
  ),
  command("publish", 3, keyless, ([, channel, message], call) => publish(call, channel, message)),
  container("pubsub", [
    ...unsimulatedIn("pubsub", { help: 2, shardchannels: -2, shardnumsub: -2 }),
    command("channels", -2, keyless, ([, , pattern, ...more], { state }) => {
      if (more.length > 0) throw wrongPubsub("CHANNELS");
      return state.channels.names().filter(globPattern(pattern ?? "*"));
    }),
    command("numsub", -2, keyless, ([, , ...names], { state }) =>
      names.flatMap((name) => [name, state.channels.subscribers(name)]),
    ),
    command("numpat", 2, keyless, (_, { state }) => state.channels.patterns),
  ]),
];

function wrongPubsub(name: Bytes): Refusal {
  return new Refusal(`ERR unknown subcommand or wrong number of arguments for '${name}'. Try PUBSUB HELP.`);
}

/** A replica's clients hear it, too. */
function publish(call: Call, channel: Bytes, message: Bytes): Reply {
  call.effects = [["PUBLISH", channel, message]];
  return call.state.channels.publish(channel, message);
}

function orAll(names: readonly Bytes[], all: ReadonlySet<Bytes>): readonly Bytes[] {
  return names.length > 0 ? names : [...all];
}

/** One confirmation for each name: the last is the reply. */
function confirmEach({ client }: Call, kind: Bytes, names: readonly Bytes[], change: (name: Bytes) => void): Reply {
  const confirmations = names.map((name) => {
    change(name);
    return confirmation(kind, name, client);
  });
  const last = confirmations.pop() ?? confirmation(kind, null, client);
  for (const each of confirmations) client.push(each);
  return last;
}

function confirmation(kind: Bytes, name: Bytes | null, { subscriptions }: Client): Reply {
  return [kind, name, subscriptions];
}
