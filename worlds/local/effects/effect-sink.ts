import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

import type { Witness } from "../../../core/mod.ts";
import type { Effect, EffectDecision } from "../../inside/effect.ts";
import { witnessedEffects } from "../../inside/effect-rule.ts";
import { linesOf } from "../lines.ts";
import { parseEffectRequest, type EffectAnswer } from "./effect-wire.ts";

/** The place outside the plane where work takes effect. It belongs to the harness, and writes down what it decides. */
export interface EffectSink {
  /** `127.0.0.1:41234`, for `connectEffectSink`. */
  readonly address: string;
  /** @throws what the witness threw, if it ever did. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the sink on a free port: one JSON object a line, many requests in flight.
 *
 * @param witness - gets an `effect` event for each decision, before the worker hears of it
 * @param host - the only address that it listens on. @defaultValue loopback
 */
export async function openEffectSink(witness: Witness, host = "127.0.0.1"): Promise<EffectSink> {
  const decide = witnessedEffects(witness);
  const sockets = new Set<Socket>();
  const failures: unknown[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serve(socket, decide).catch((thrown: unknown) => failures.push(thrown));
  });
  server.listen(0, host);
  await once(server, "listening");
  return {
    address: `${host}:${portOf(server)}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
      if (failures.length > 0) throw failures[0] as Error;
    },
  };
}

async function serve(socket: Socket, decide: (effect: Effect) => EffectDecision): Promise<void> {
  socket.on("error", () => socket.destroy());
  try {
    for await (const line of linesOf(socket)) {
      const request = parseEffectRequest(line);
      if (!request) break;
      const answer: EffectAnswer = { request: request.request, decision: decide(request) };
      socket.write(`${JSON.stringify(answer)}\n`);
    }
  } finally {
    socket.destroy();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("a listening TCP server has no port");
  return address.port;
}
