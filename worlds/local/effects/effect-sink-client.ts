import { connect, type Socket } from "node:net";

import { EnvironmentError, type Clock, type Timer } from "../../../core/mod.ts";
import type { Effect, EffectDecision, EffectSinkClient } from "../../inside/effect.ts";
import { linesOf } from "../lines.ts";
import type { EffectAnswer } from "./effect-wire.ts";

interface Waiting {
  readonly effect: Effect;
  readonly resolve: (decision: EffectDecision) => void;
  readonly timer: Timer;
}

const answerWithinMs = 5_000;
const reconnectAfterMs = 50;
const mostWaiting = 10_000;

/** Connects to the sink at `host:port`, and stays connected until it is closed. */
export function connectEffectSink(address: string, clock: Clock): EffectSinkClient {
  const waiting = new Map<number, Waiting>();
  let lastRequest = 0;
  let closed = false;
  let socket = open();

  function open(): Socket {
    const opened = dial(address, (answer) => settle(answer));
    for (const [request, { effect }] of waiting) send(opened, request, effect);
    opened.once("close", () => clock.after(reconnectAfterMs, reopen));
    return opened;
  }

  function reopen(): void {
    if (!closed) socket = open();
  }

  function settle({ request, decision }: EffectAnswer): void {
    const found = waiting.get(request);
    waiting.delete(request);
    found?.timer.cancel();
    found?.resolve(decision);
  }

  return {
    apply(effect) {
      if (waiting.size >= mostWaiting) return Promise.reject(away(address));
      const request = ++lastRequest;
      return new Promise((resolve, reject) => {
        const timer = clock.after(answerWithinMs, () => waiting.delete(request) && reject(away(address)));
        waiting.set(request, { effect, resolve, timer });
        send(socket, request, effect);
      });
    },
    close() {
      closed = true;
      socket.destroy();
    },
  };
}

function dial(address: string, onAnswer: (answer: EffectAnswer) => void): Socket {
  const separator = address.lastIndexOf(":");
  const socket = connect({
    host: address.slice(0, separator),
    port: Number(address.slice(separator + 1)),
    noDelay: true,
  });
  // The event `close` follows, and leads to a new connection.
  socket.on("error", () => socket.destroy());
  void readAnswers(socket, onAnswer);
  return socket;
}

async function readAnswers(socket: Socket, onAnswer: (answer: EffectAnswer) => void): Promise<void> {
  for await (const line of linesOf(socket)) onAnswer(JSON.parse(line) as EffectAnswer);
}

function send(socket: Socket, request: number, effect: Effect): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify({ request, ...effect })}\n`);
}

function away(address: string): EnvironmentError {
  return new EnvironmentError(
    "sink_away",
    `The effect sink at ${address} does not answer`,
    "the harness that owns it is gone or too busy: run it on a quieter machine",
  );
}
