import type { FromPrimary, FromReplica, Network, RedisServer, ReplicationLink } from "../../../sim/mod.ts";
import type { RealmHost } from "../replica/realm-network.ts";

/** A Redis server that takes part in replication. */
export interface Replicating {
  readonly network: Network;
  readonly host: RealmHost;
  readonly server: RedisServer;
}

/** A replica's way to its primary. */
export interface FollowedPrimary {
  /** Ends it: what is still on its way is not taken any more. */
  leave(): void;
}

/** A replica whose primary does not answer tries again once a second: Redis's replication cron. */
const retryAfterMs = 1_000;

/** Feeds whatever replicas connect. */
export function feedReplicas({ network, host, server }: Replicating): void {
  network.listen(host, (connection) => {
    const send = writer<FromPrimary>((messages) => connection.send(messages, sizeOf(messages), aboutOf(messages)));
    const feeding = server.feed(addressOf(connection.from), send);
    return receiverOf(feeding, () => feeding.close());
  });
}

/** Makes the server a replica that connects to its primary, and again whenever the connection is lost. */
export function followPrimary({ network, host, server }: Replicating, primary: string): FollowedPrimary {
  let connection: ReturnType<Network["connect"]> | undefined;
  let left = false;
  const connect = (): void => {
    if (left) return;
    const link = server.replicaOf(addressOf(primary), (message) => {
      connection?.send([message], messageBytes, message.kind);
    });
    const lost = (): void => {
      link.close();
      host.realm.clock.after(retryAfterMs, connect);
    };
    connection = network.connect(host, primary, receiverOf(link, lost));
  };
  connect();
  return {
    leave() {
      left = true;
      connection?.close();
    },
  };
}
