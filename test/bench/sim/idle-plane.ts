import { Kernel } from "../../../sim/mod.ts";
import { bootSimWorld, MemoryHistory, quietConditions, trustedLibraries } from "../../../worlds/sim/mod.ts";
import type { Numbers } from "../result.ts";
import { rates, timed, type Taken } from "./stopwatch.ts";

/** Two replicas of every role, as documented, and nobody who asks for anything. */
const cluster = { gateways: 2, schedulers: 2, workflows: 2, workers: 2 };

/** How long a full plane can be let alone in a second: heartbeats, leases, polls and pulls go on. */
export async function idlePlane(virtualSeconds: number): Promise<Numbers> {
  const kernel = new Kernel({ seed: "bench", trusted: trustedLibraries });
  const { taken, events } = await kernel.run(async () => {
    const signal = new AbortController().signal;
    const history = new MemoryHistory(kernel);
    const quiet = { conditions: quietConditions, variables: {}, without: [] };
    await using world = await bootSimWorld({ kernel, history, signal, cluster, ...quiet });
    return await leaveAlone(kernel, virtualSeconds, world.replicas().length);
  });
  return { events, ...rates("virtualSeconds", virtualSeconds, taken) };
}

async function leaveAlone(
  kernel: Kernel,
  virtualSeconds: number,
  replicas: number,
): Promise<{ taken: Taken; events: number }> {
  const before = kernel.events;
  const taken = await timed(() => kernel.clock.sleep(virtualSeconds * 1_000));
  if (replicas !== 8) throw new Error(`${replicas} replicas are no full plane`);
  return { taken, events: kernel.events - before };
}
