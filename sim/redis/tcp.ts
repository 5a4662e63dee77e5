import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

import type { RedisEngine, RedisOptions, RedisSession } from "./engine.ts";
import { ErrorReply } from "./reply.ts";
import { ProtocolError, RespParser, type RespLimits } from "./resp-parser.ts";
import { encodeReply } from "./resp.ts";
import { RedisServer } from "./server.ts";

/** Where an engine listens, and what it allows. */
export interface RedisListenOptions extends RedisOptions, RespLimits {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** More are refused as Redis does. @defaultValue 10,000 */
  readonly clientsMax?: number;
  /** Bytes of replies that a client has not read; one that lets more pile up is hung up on. @defaultValue 64 MiB */
  readonly unreadMax?: number;
}

/** An engine on a real socket. */
export interface ListeningRedis {
  readonly port: number;
  /** Hangs up on every client, and listens no more. */
  close(): Promise<void>;
}

/**
 * Binds a new, empty engine to a TCP port.
 *
 * @throws Error of the operating system when the port is taken
 */
export async function listenRedis(options: RedisListenOptions): Promise<ListeningRedis> {
  const engine = new RedisServer(options);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    if (sockets.size >= (options.clientsMax ?? 10_000)) {
      socket.end(Buffer.from("-ERR max number of clients reached\r\n"));
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serve(engine, socket, options);
  });
  await listening(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: Server, { host, port }: RedisListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

const unreadMaxDefault = 64 * 1024 * 1024;

function serve(engine: RedisEngine, socket: Socket, options: RedisListenOptions): void {
  const parser = new RespParser(options);
  const write = (bytes: string): void => {
    if (socket.writableEnded || socket.destroyed) return;
    socket.write(bytes, "latin1");
    if (socket.writableLength > (options.unreadMax ?? unreadMaxDefault)) socket.destroy();
  };
  const session = engine.connect((message) => write(encodeReply(message)));
  socket.setEncoding("latin1");
  socket.on("data", (bytes: string) => {
    socket.cork();
    try {
      answerAll(session, parser.push(bytes), { write, end: () => socket.end() });
    } catch (thrown) {
      if (!(thrown instanceof ProtocolError)) throw thrown;
      write(encodeReply(new ErrorReply(thrown.message)));
      socket.end();
    }
    socket.uncork();
  });
  // A client that breaks off is as good as one that leaves; `close` follows.
  socket.on("error", () => socket.destroy());
  socket.on("close", () => session.close());
}

interface Outlet {
  readonly write: (bytes: string) => void;
  readonly end: () => void;
}

function answerAll(session: RedisSession, commands: Iterable<readonly string[]>, { write, end }: Outlet): void {
  for (const command of commands) {
    session.execute(command, (reply) => write(encodeReply(reply)));
    if (command[0]?.toLowerCase() === "quit") {
      end();
      return;
    }
  }
}
