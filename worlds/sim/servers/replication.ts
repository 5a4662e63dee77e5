import type { FromPrimary, FromReplica, Network, RedisServer } from "../../../sim/mod.ts";
import { sizeOfCommand } from "../drivers/redis-wire.ts";
import type { RealmHost } from "../replica/realm-network.ts";

/** A Redis server that takes part in replication. */
export interface Replicating {
  readonly network: Network;
  readonly host: RealmHost;
  readonly server: RedisServer;
}

/** A replica's way to its primary. */
export interface Following {
  /** Ends it: what is still on its way is not taken any more. */
  leave(): void;
}

/** A replica that has lost its primary tries again once a second, as Redis does. */
const retryAfterMs = 1_000;
const messageBytes = 32;

/** Feeds whatever replicas connect. */
export function feedReplicas({ network, host, server }: Replicating): void {
  network.listen(host, (connection) => {
    let gathered: FromPrimary[] = [];
    const flush = (): void => {
      const messages = gathered;
      gathered = [];
      connection.send(messages, sizeOf(messages), `${messages[0]?.kind} ${messages.length}`);
    };
    // What one event of the primary writes goes out as one message.
    const feeding = server.feed(addressOf(connection.from), (message) => {
      if (gathered.push(message) === 1) process.nextTick(flush);
    });
    return { received: (message) => feeding.receive(message as FromReplica), closed: () => feeding.close() };
  });
}

/** Makes the server a replica, which connects to its primary, and again whenever the connection is lost. */
export function followPrimary({ network, host, server }: Replicating, primary: string): Following {
  let connection = connect();
  let left = false;
  function connect(): ReturnType<Network["connect"]> {
    const line = network.connect(host, primary, {
      received: (messages) => (messages as readonly FromPrimary[]).forEach((message) => link.receive(message)),
      closed() {
        link.close();
        host.realm.clock.after(retryAfterMs, () => void (left || (connection = connect())));
      },
    });
    const link = server.replicaOf(addressOf(primary), (message) => line.send(message, messageBytes, message.kind));
    return line;
  }
  return {
    leave() {
      left = true;
      connection.close();
    },
  };
}

function addressOf(host: string): string {
  return `${host}:6379`;
}

/** About as many bytes as they take: what a snapshot takes is not of interest to anybody. */
function sizeOf(messages: readonly FromPrimary[]): number {
  let size = 0;
  for (const message of messages) {
    size += messageBytes;
    if (message.kind === "writes") for (const { words } of message.writes) size += sizeOfCommand(words);
  }
  return size;
}
