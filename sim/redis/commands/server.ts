import type { Bytes } from "../../bytes.ts";
import type { Answer, Call } from "../call.ts";
import { command, keyless, ofConnection, type Command } from "../command.ts";
import { indexOf } from "../integers.ts";
import { Refusal } from "../refusal.ts";
import type { Reply } from "../reply.ts";
import type { ServerState } from "../server-state.ts";
import { Waiting } from "../waiting.ts";
import { infoOf } from "./info.ts";

/** The server itself. */
export const serverCommands: readonly Command[] = [
  command("time", 1, keyless, (_, { state }) => {
    const micros = state.unixMicros();
    return [String(Math.floor(micros / 1_000_000)), String(micros % 1_000_000)];
  }),
  command("info", -1, keyless, ([, ...sections], { state }) => infoOf(state, sections)),
  command("role", 1, ofConnection, (_, { state }) => roleOf(state)),
  command("wait", 3, ofConnection, ([, count, timeout], call) => wait(call, count, timeout)),
];

function roleOf({ primary, replicas }: ServerState): Reply {
  if (primary === undefined) {
    const fed = [...replicas.all].map(({ address, acknowledged }) => [...address.split(":"), String(acknowledged)]);
    return ["master", replicas.offset, fed];
  }
  const [host = "", port = "0"] = primary.split(":");
  return ["slave", host, Number(port), "connected", replicas.offset];
}

const waitOnReplica = new Refusal(
  "ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a replica is configured " +
    "to be writable (which is not the default) writes to replicas are just local and are not propagated.",
);

/** Until so many replicas have carried out this client's writes, or the time is over. */
function wait({ state, client, inside }: Call, count: Bytes, timeout: Bytes): Answer {
  if (state.primary !== undefined) throw waitOnReplica;
  const wanted = indexOf(count);
  const timeoutMs = indexOf(timeout, new Refusal("ERR timeout is not an integer or out of range"));
  if (timeoutMs < 0) throw new Refusal("ERR timeout is negative");
  const { replicas } = state;
  const acknowledged = (): number => replicas.acknowledgedBy(client.writtenTo);
  if (acknowledged() >= wanted || inside !== "nothing") return acknowledged();
  replicas.askForAcknowledgement();
  const attempt = (): Reply | undefined => (acknowledged() >= wanted ? acknowledged() : undefined);
  return new Waiting({ keys: [], timeoutMs, attempt, otherwise: acknowledged });
}
