import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";

import { seededRandom, systemClock } from "../../../core/mod.ts";
import { NatsServer } from "../../../sim/mod.ts";
import type { Numbers } from "../result.ts";
import { rates, timed } from "./stopwatch.ts";

/** A NATS of either kind, as this benchmark asks it: so many at a time. */
export interface AskedNats {
  /** Requests to somebody who answers each. */
  request(count: number): Promise<void>;
  /** Messages into a stream, each acknowledged. */
  publish(count: number): Promise<void>;
  close(): Promise<void>;
}

/** What is asked, over and over. */
export const natsCases: Readonly<Record<string, (nats: AskedNats, count: number) => Promise<void>>> = {
  "request and reply": (nats, count) => nats.request(count),
  "publish to a stream, acknowledged": (nats, count) => nats.publish(count),
};

const atATime = 100;
const payload = "x".repeat(200);
const config = { name: "BENCH", subjects: ["bench.jobs"], max_msgs: 10_000, storage: "memory" } as const;

/** Asks so many, a hundred at a time, and tells how many were answered a second. */
export async function natsCalls(
  nats: AskedNats,
  ask: (nats: AskedNats, count: number) => Promise<void>,
  count: number,
): Promise<Numbers> {
  const taken = await timed(async () => {
    for (let asked = 0; asked < count; asked += atATime) await ask(nats, atATime);
  });
  return { callsPerSecond: rates("calls", count, taken)["callsPerSecond"] ?? 0 };
}

/** The engine, called in this process. */
export function engineNats(): AskedNats {
  const server = new NatsServer({ clock: systemClock(), random: seededRandom("bench") });
  const answering = server.connect({
    deliver: (_sid, { reply = "" }) => answering.publish({ subject: reply, payload }),
  });
  answering.subscribe("1", "bench.echo");
  let answers = 0;
  const asking = server.connect({ deliver: () => (answers += 1) });
  asking.subscribe("1", "_INBOX.bench");
  const ask = (subject: string, text: string): void =>
    asking.publish({ subject, reply: "_INBOX.bench", payload: text });
  ask("$JS.API.STREAM.CREATE.BENCH", JSON.stringify(config));
  const repeat = (subject: string, count: number): Promise<void> => {
    const before = answers;
    for (let asked = 0; asked < count; asked++) ask(subject, payload);
    if (answers - before !== count) throw new Error(`${answers - before} of ${count} were answered`);
    return Promise.resolve();
  };
  return {
    request: (count) => repeat("bench.echo", count),
    publish: (count) => repeat("bench.jobs", count),
    async close() {
      asking.close();
      answering.close();
      await Promise.resolve();
    },
  };
}

/** A real server, over its client, with so many under way at once. */
export async function realNats(url: string): Promise<AskedNats> {
  const [asking, answering] = [await connect({ servers: url }), await connect({ servers: url })];
  answering.subscribe("bench.echo", { callback: (_error, message) => void message.respond(payload) });
  await answering.flush();
  const manager = await jetstreamManager(asking);
  await manager.streams.add({ ...config, subjects: [...config.subjects] });
  const stream = jetstream(asking);
  const repeat = async (count: number, once: () => Promise<unknown>): Promise<void> => {
    await Promise.all(Array.from({ length: count }, once));
  };
  return {
    request: (count) => repeat(count, () => asking.request("bench.echo", payload)),
    publish: (count) => repeat(count, () => stream.publish("bench.jobs", payload)),
    close: async () => void (await Promise.all([asking.close(), answering.close()])),
  };
}
