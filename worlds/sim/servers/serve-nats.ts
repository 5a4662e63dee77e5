import type { Connection, Host, Listening, NatsEngine, Network, Peer } from "../../../sim/mod.ts";
import { aboutLines, sizeOfLines, type NatsAnswer, type NatsRequest } from "../drivers/nats-wire.ts";

/** A NATS that takes clients. */
export interface ServedNats extends Listening {
  /** Closes the connections for which this says so. */
  dropClients(isDropped: () => boolean): void;
}

/**
 * Lets a NATS take clients at an address of the simulated network.
 *
 * @param host - @defaultValue one that nothing kills
 */
export function serveNats(
  network: Network,
  engine: NatsEngine,
  version: string,
  host: Host = { name: "nats" },
): ServedNats {
  const open = new Set<Served>();
  const listening = network.listen(host, (connection) => {
    const served = serve(connection, engine, version);
    open.add(served);
    const closed = (): void => {
      open.delete(served);
      served.leave();
    };
    return { received: served.received, closed };
  });
  const dropClients = (isDropped: () => boolean): void => {
    for (const served of open) {
      if (!isDropped()) continue;
      open.delete(served);
      served.drop();
    }
  };
  return { ...listening, dropClients };
}

interface Served extends Pick<Peer, "received"> {
  leave(): void;
  drop(): void;
}

function serve(connection: Connection, engine: NatsEngine, version: string): Served {
  const send = writer(connection);
  const session = engine.connect({
    deliver: (sid, message) => send({ op: "MSG", sid, message }),
    complain: (reason) => send({ op: "-ERR", reason }),
    closed(reason) {
      send({ op: "-ERR", reason });
      process.nextTick(() => connection.close());
    },
  });
  const take = (line: NatsRequest): void => {
    switch (line.op) {
      case "CONNECT":
        return;
      case "PING":
        return send({ op: "PONG" });
      case "PUB":
        return session.publish(line.message);
      case "SUB":
        return session.subscribe(line.sid, line.subject, line.queue);
      case "UNSUB":
        return session.unsubscribe(line.sid, line.max);
    }
  };
  send({ op: "INFO", version, jetstream: true });
  return {
    received: (message) => (message as readonly NatsRequest[]).forEach(take),
    leave: () => session.close(),
    drop() {
      session.close();
      connection.close();
    },
  };
}

/** Everything that one event of the server gives a client goes out as one write. */
function writer(connection: Connection): (line: NatsAnswer) => void {
  let lines: NatsAnswer[] = [];
  const flush = (): void => {
    const gathered = lines;
    lines = [];
    connection.send(gathered, sizeOfLines(gathered), aboutLines(gathered));
  };
  return (line) => {
    if (lines.push(line) === 1) process.nextTick(flush);
  };
}
