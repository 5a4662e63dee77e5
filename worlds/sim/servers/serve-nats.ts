import type { Connection, NatsEngine, Network, Peer } from "../../../sim/mod.ts";
import { aboutLines, sizeOfLines, type NatsAnswer, type NatsRequest } from "../drivers/nats-wire.ts";

/** Puts a NATS on the simulated network, as the host `nats`. It belongs to the world: nothing kills it. */
export function serveNats(network: Network, engine: NatsEngine, version: string): void {
  network.listen({ name: "nats" }, (connection) => serve(connection, engine, version));
}

function serve(connection: Connection, engine: NatsEngine, version: string): Peer {
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
    closed: () => session.close(),
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
