import { Kernel, makeNetwork, type Connection, type Network } from "../../../sim/mod.ts";
import { quietConditions } from "../../../worlds/sim/mod.ts";
import type { Numbers } from "../result.ts";
import { rates, timed } from "./stopwatch.ts";

const replicas = 8;

/**
 * Eight replicas ask a server, each for as long as the others, and set a timer before each question: messages on a
 * network with latencies, timers that are cancelled, and a hash over every event.
 */
export async function kernelEvents(questions: number): Promise<Numbers> {
  const kernel = new Kernel({ seed: "bench" });
  const network = makeNetwork(kernel, quietConditions);
  const taken = await timed(() => kernel.run(() => askAndAnswer(kernel, network, questions)));
  return { events: kernel.events, ...rates("events", kernel.events, taken) };
}

async function askAndAnswer(kernel: Kernel, network: Network, questions: number): Promise<void> {
  network.listen({ name: "redis" }, (connection) => ({
    received: () => connection.send("OK", 5, "reply"),
    closed: () => undefined,
  }));
  const asking = Array.from({ length: replicas }, (_, index) => {
    const done = Promise.withResolvers<void>();
    const realm = kernel.realm(`worker-${index + 1}`);
    let left = Math.ceil(questions / replicas);
    const ask = (): void => {
      timer.cancel();
      if (left === 0) return done.resolve();
      left -= 1;
      timer = realm.clock.after(1_000, done.reject);
      connection.send("GET job:1", 20, "GET job:1");
    };
    let timer = realm.clock.after(1_000, done.reject);
    const connection: Connection = network.connect({ name: realm.name, realm }, "redis", {
      opened: ask,
      received: ask,
      closed: done.reject,
    });
    return done.promise;
  });
  await Promise.all(asking);
}
