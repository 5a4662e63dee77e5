import { Kernel } from "../kernel/kernel.ts";
import type { Realm } from "../kernel/realm.ts";
import { makeNetwork } from "./make-network.ts";
import type { NetworkModel } from "./model.ts";
import type { Connection, Host, Network } from "./network.ts";

/** Ten milliseconds each way, and never anything else. */
export const steady: NetworkModel = {
  latency: { minMs: 10, meanMs: 10, maxMs: 10 },
  loss: 0,
  retransmitMs: 200,
  duplication: 0,
};

/** One to fifty milliseconds, each message on its own. */
export const varied: NetworkModel = { ...steady, latency: { minMs: 1, meanMs: 10, maxMs: 50 } };

/** Something that an end was told, and when. */
export interface Told {
  readonly at: number;
  readonly what: string;
}

/** A replica that speaks to a server, which remembers what it gets and echoes it. */
export interface Bench {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly replica: Host & { readonly realm: Realm };
  readonly server: Host;
  /** What the server was told. */
  readonly heard: Told[];
  /** A connection of the replica, with what it was told. */
  dial(): Dialled;
  pass(ms: number): Promise<void>;
}

export interface Dialled {
  readonly connection: Connection;
  readonly told: Told[];
  /** What it was told, without the hours. */
  words(): string[];
}

/** Runs a story with a replica `a` and a server `s` on a network, and returns what the story does. */
export function onBench<Value>(
  story: (bench: Bench) => Promise<Value>,
  { model = steady, seed = "1" }: { model?: NetworkModel; seed?: string } = {},
): Promise<Value> {
  const kernel = new Kernel({ seed });
  return kernel.run(() => story(makeBench(kernel, makeNetwork(kernel, model))));
}

export function makeBench(kernel: Kernel, network: Network): Bench {
  const replica = { name: "a", realm: kernel.realm("a") };
  const server = { name: "s" };
  const heard: Told[] = [];
  network.listen(server, (connection) => ({
    received(message) {
      heard.push({ at: kernel.now(), what: String(message) });
      connection.send(message, String(message).length, `echo ${String(message)}`);
    },
    closed: (reason) => void heard.push({ at: kernel.now(), what: reason }),
  }));
  return {
    kernel,
    network,
    replica,
    server,
    heard,
    dial: () => dial(kernel, network, replica),
    pass: (ms) => kernel.clock.sleep(ms),
  };
}

function dial(kernel: Kernel, network: Network, from: Host): Dialled {
  const told: Told[] = [];
  const tell = (what: string): void => void told.push({ at: kernel.now(), what });
  const connection = network.connect(from, "s", {
    opened: () => tell("opened"),
    received: (message) => tell(String(message)),
    closed: tell,
  });
  return { connection, told, words: () => told.map(({ what }) => what) };
}

/** Sends a text. */
export function say({ connection }: Dialled, text: string): void {
  connection.send(text, text.length, `say ${text}`);
}
