import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

import { listenError, type Clock, type Random } from "../../core/mod.ts";
import type { NatsEngine } from "./engine.ts";
import { NatsServer } from "./server.ts";
import { WireClient } from "./wire-client.ts";

/** Where an embedded NATS server listens, and how it is made. */
export interface ListenNatsOptions {
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly random: Random;
  /** @defaultValue "2.9.10" */
  readonly version?: string;
  /** How often clients are asked whether they are still there. @defaultValue 2 minutes */
  readonly pingIntervalMs?: number;
  /** A client that has this much unread is dropped. @defaultValue 64 MiB, as nats-server */
  readonly slowConsumerBytes?: number;
}

/** An embedded NATS server that listens. */
export interface ListeningNats {
  readonly port: number;
  readonly engine: NatsEngine;
  /** Ends all connections, and listens no more. */
  close(): Promise<void>;
}

const maxPayload = 1_048_576;
const defaultSlowConsumerBytes = 64 * 1_048_576;
const idLength = 55;
const idDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * Starts a NATS server in this process: in memory, one node, nothing kept when it ends.
 *
 * @throws EnvironmentError `port_in_use` or `cannot_listen`
 */
export async function listenNats(options: ListenNatsOptions): Promise<ListeningNats> {
  const { clock, random, version = "2.9.10" } = options;
  const engine = new NatsServer({ clock, random: random.fork("engine"), version, maxPayload });
  const id = `N${Array.from({ length: idLength }, () => idDigits[random.int(idDigits.length)]).join("")}`;
  const sockets = new Set<Socket>();
  let clients = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    clients += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serve(socket, engine, options, infoOf(id, version, portOf(server), clients));
  });
  await listening(server, options);
  return { port: portOf(server), engine, close: () => closeAll(server, sockets) };
}

function serve(socket: Socket, engine: NatsEngine, options: ListenNatsOptions, info: object): void {
  const { clock, pingIntervalMs, slowConsumerBytes = defaultSlowConsumerBytes } = options;
  const wire = {
    write: (bytes: string): void => {
      if (socket.destroyed) return;
      socket.cork();
      socket.write(bytes, "latin1");
      process.nextTick(uncork, socket);
      if (socket.writableLength > slowConsumerBytes) socket.destroy();
    },
    end: (): void => void socket.end(),
  };
  const client = new WireClient(engine, wire, {
    ...{ clock, maxPayload, info },
    ...(pingIntervalMs === undefined ? {} : { pingIntervalMs }),
  });
  socket.setEncoding("latin1");
  socket.on("data", (bytes) => client.receive(String(bytes)));
  // A reset connection is closed like any other: what the client had of it is gone.
  socket.on("error", () => socket.destroy());
  socket.on("close", () => client.closed());
}

/** Everything that one event causes leaves in one piece. */
function uncork(socket: Socket): void {
  socket.uncork();
}

function infoOf(id: string, version: string, port: number, client: number): object {
  return {
    ...{ server_id: id, server_name: id, version, proto: 1, go: "seatrial", host: "127.0.0.1", port },
    ...{ headers: true, max_payload: maxPayload, jetstream: true, client_id: client, client_ip: "127.0.0.1" },
  };
}

function listening(server: Server, { host, port }: ListenNatsOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", (thrown) => reject(listenError(thrown, host, port)));
  server.listen(port, host, resolve);
  return promise;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  for (const socket of sockets) socket.destroy();
  return promise;
}
