import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, type Command, type Traits } from "../command.ts";
import { Refusal } from "../refusal.ts";
import { ok, type Reply } from "../reply.ts";

const unqueued: Traits = { flags: ["noscript", "unqueued"], keys: [0, 0, 0] };

/** MULTI and what belongs to it. */
export const transactionCommands: readonly Command[] = [
  command("multi", 1, unqueued, (_, { client }) => {
    if (client.queue) throw new Refusal("ERR MULTI calls can not be nested");
    client.queue = [];
    return ok;
  }),
  command("exec", 1, unqueued, (_, call) => exec(call)),
  command("discard", 1, unqueued, (_, call) => {
    if (!call.client.queue) throw new Refusal("ERR DISCARD without MULTI");
    endTransaction(call);
    return ok;
  }),
  command("watch", -2, { ...unqueued, keys: [1, -1, 1] }, ([, ...keys], { client, db, state }) => {
    if (client.queue) throw new Refusal("ERR WATCH inside MULTI is not allowed");
    for (const key of keys) state.watches.add(client, key, db.isOverdue(key));
    return ok;
  }),
  command("unwatch", 1, { ...unqueued, flags: ["noscript"] }, (_, { client, state }) => {
    state.watches.clear(client);
    return ok;
  }),
];

function exec(call: Call): Reply {
  const { client } = call;
  const { queue, broken } = client;
  if (!queue) throw new Refusal("ERR EXEC without MULTI");
  const isOvertaken = client.overtaken || hasExpired(call);
  endTransaction(call);
  if (broken) throw new Refusal("EXECABORT Transaction discarded because of previous errors.");
  if (isOvertaken) return null;
  return queue.map((args: readonly Bytes[]) => call.perform(args, "transaction"));
}

/** A watched key whose time has come since is as good as changed. */
function hasExpired({ client, state }: Call): boolean {
  return client.watched.some(({ database, key, wasOverdue }) => !wasOverdue && state.database(database).isOverdue(key));
}

/** Forgets the queue and the watches. */
export function endTransaction({ client, state }: Pick<Call, "client" | "state">): void {
  client.queue = undefined;
  client.broken = false;
  state.watches.clear(client);
}
