import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { EnvironmentError } from "../../core/mod.ts";

const readyWithinMs = 60_000;
const answerWithinMs = 1_000;

/** Waits until Redis answers on this loopback port; the answer is its version. */
export function redisVersion(port: number, signal: AbortSignal): Promise<string> {
  return firstMatch("redis", { port, greeting: "INFO server\r\n", pattern: /redis_version:(\S+)/ }, signal);
}

/** Waits until NATS answers on this loopback port; the answer is its version. */
export function natsVersion(port: number, signal: AbortSignal): Promise<string> {
  return firstMatch("nats", { port, greeting: "", pattern: /"version":"([^"]+)"/ }, signal);
}

interface Question {
  readonly port: number;
  readonly greeting: string;
  readonly pattern: RegExp;
}

/** Asks until there is an answer: a published port takes connections before anyone listens behind it. */
async function firstMatch(name: string, question: Question, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    const found = await ask(question);
    if (found !== undefined) return found;
    await delay(50, undefined, { signal });
  }
  throw new EnvironmentError(
    "server_died",
    `The container of ${name} does not answer within ${readyWithinMs / 1_000} s`,
    `see logs/${name}.log`,
  );
}

function ask({ port, greeting, pattern }: Question): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect({ host: "127.0.0.1", port, timeout: answerWithinMs }, () => socket.write(greeting));
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (pattern.test(text)) socket.destroy();
    });
    // Whatever went wrong, it is tried again until the time is up.
    socket.on("error", () => socket.destroy());
    socket.on("timeout", () => socket.destroy());
    socket.on("close", () => resolve(pattern.exec(text)?.[1]));
  });
}
