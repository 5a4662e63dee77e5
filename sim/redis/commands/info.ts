import type { Bytes } from "../../bytes.ts";
import type { ServerState } from "../server-state.ts";

type Fields = Readonly<Record<string, string | number>>;

const sections: Readonly<Record<string, (state: ServerState) => Fields>> = {
  Server: () => ({ redis_version: "7.0.15", redis_mode: "standalone", os: "seatrial", arch_bits: 64 }),
  Clients: ({ clients, waits }) => ({ connected_clients: clients.size, blocked_clients: waits.size }),
  Stats: ({ commandsProcessed, expiredKeys, channels }) => ({
    total_commands_processed: commandsProcessed,
    expired_keys: expiredKeys,
    pubsub_channels: channels.names().length,
    pubsub_patterns: channels.patterns,
  }),
  Replication: replicationOf,
  Keyspace: ({ databases }) =>
    Object.fromEntries(
      databases
        .filter(({ size }) => size > 0)
        .map(({ index, size, expiring }) => [`db${index}`, `keys=${size},expires=${expiring},avg_ttl=0`]),
    ),
};

/** What INFO says: of Redis's fields, those that mean something here. */
export function infoOf(state: ServerState, wanted: readonly Bytes[]): Bytes {
  const names = new Set(wanted.map((name) => name.toLowerCase()));
  const isAll = names.size === 0 || ["all", "default", "everything"].some((name) => names.has(name));
  return Object.entries(sections)
    .filter(([name]) => isAll || names.has(name.toLowerCase()))
    .map(([name, fieldsOf]) => `# ${name}\r\n${linesOf(fieldsOf(state))}`)
    .join("\r\n");
}

function linesOf(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join("");
}

function replicationOf({ primary, replicas }: ServerState): Fields {
  const [host = "", port = ""] = primary?.split(":") ?? [];
  return {
    role: primary === undefined ? "master" : "slave",
    ...(primary === undefined ? {} : { master_host: host, master_port: port }),
    connected_slaves: replicas.all.size,
    master_replid: replicas.id,
    master_repl_offset: replicas.offset,
  };
}
