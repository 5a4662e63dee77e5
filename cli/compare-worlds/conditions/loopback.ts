import { fork } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";

import type { Latency } from "../../../worlds/sim/mod.ts";

const warmUp = 200;
const rounds = 2_000;
const oneByte = Buffer.of(0);

/**
 * How long a message takes over this machine's loopback, from process to process: half of a round trip of one byte,
 * the way there and the way back taken as equal. Takes well below a second on a quiet machine.
 *
 * @throws whatever kept the other process from answering; AbortError after 20 s.
 */
export async function measureLoopback(signal: AbortSignal): Promise<Latency> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(20_000)]);
  const echo = fork(fileURLToPath(new URL("./echo-main.ts", import.meta.url)), { stdio: "inherit" });
  try {
    const [port] = (await once(echo, "message", { signal: patience })) as [number];
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect", { signal: patience });
    const roundTrips = await timeRounds(socket, patience);
    socket.destroy();
    return latencyOf(roundTrips.slice(warmUp).map((each) => each / 2));
  } finally {
    echo.disconnect();
  }
}

async function timeRounds(socket: Socket, signal: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (took.length < warmUp + rounds) {
    const sentAt = performance.now();
    const answered = once(socket, "data", { signal });
    socket.write(oneByte);
    await answered;
    took.push(performance.now() - sentAt);
  }
  return took;
}

/** To the microsecond: more would be noise in a command that does it again. */
function latencyOf(oneWayMs: readonly number[]): Latency {
  const round = (value: number): number => Number(value.toFixed(3));
  return {
    minMs: round(oneWayMs.reduce((least, each) => Math.min(least, each), Infinity)),
    meanMs: round(oneWayMs.reduce((sum, each) => sum + each, 0) / oneWayMs.length),
    maxMs: round(oneWayMs.reduce((most, each) => Math.max(most, each), 0)),
  };
}
