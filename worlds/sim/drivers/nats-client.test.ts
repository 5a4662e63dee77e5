import { headers } from "@nats-io/nats-core";
import { Feature } from "@nats-io/nats-core/internal";
import { describe, expect, test } from "vitest";

import type { Disturbance } from "../../../core/mod.ts";
import { natsPatience, type NatsClient, type NatsMsg } from "../../../reference/adapters/nats/mod.ts";
import { NatsServer } from "../../../sim/mod.ts";
import { simulated, type Bench } from "../kernel.test-support.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import { serveNats } from "../servers/serve-nats.ts";
import { connectSimNats } from "./nats-client.ts";

const version = "2.9.10";
/** A silent server is given up after so many intervals. */
const givenUpMs = (natsPatience.maxPingOut + 1) * natsPatience.pingIntervalMs;

interface OnTrial extends Bench {
  readonly client: NatsClient;
  readonly line: RealmNetwork;
  /** What it said of its connection, in order. */
  readonly said: string[];
  disturb(disturbance: Disturbance): () => Promise<void>;
}

function connect(line: RealmNetwork): Promise<NatsClient> {
  const { clock, random } = line.host.realm;
  return connectSimNats({ network: line, clock, random: random.fork("nats"), host: "nats", name: line.host.name });
}

function onTrial<Value>(use: (trial: OnTrial) => Promise<Value>): Promise<Value> {
  return simulated(async (bench) => {
    const { kernel, network } = bench;
    serveNats(network, new NatsServer({ clock: kernel.clock, random: kernel.random("nats"), version }), version);
    const line = bench.realmOf("worker-1");
    const client = await connect(line);
    const said: string[] = [];
    void (async () => {
      for await (const { type } of client.status()) said.push(type);
    })();
    const disturb = (what: Disturbance) => network.disturb({ from: "worker-1", to: "nats" }, what).heal;
    return use({ ...bench, client, line, said, disturb });
  });
}

/** The texts that come to a subject. */
function texts(client: NatsClient, subject: string): string[] {
  const heard: string[] = [];
  client.subscribe(subject, { callback: (_error, message) => heard.push(message.string()) });
  return heard;
}

describe("a client of NATS over the simulated network", () => {
  test("hears what is published, in UTF-8, and answers it", async () => {
    const answer = await onTrial(async ({ kernel, client }) => {
      client.subscribe("greet.*", { callback: (_error, message) => message.respond(`hello ${message.string()}`) });
      const got = Promise.withResolvers<NatsMsg>();
      client.subscribe("answers", { callback: (_error, message) => got.resolve(message) });
      client.publish("greet.one", "Jürgen", { reply: "answers" });
      const message = await got.promise;
      await kernel.clock.sleep(1);
      return [message.subject, message.string(), message.data.length];
    });
    expect(answer).toEqual(["answers", "hello Jürgen", 13]);
  });

  test("knows the server, and what it can do", async () => {
    const [info, isNew] = await onTrial(async ({ client }) => {
      const { features } = client as unknown as { features: { get(name: string): { ok: boolean } } };
      return [client.info, features.get(Feature.JS_NEW_CONSUMER_CREATE_API).ok] as const;
    });
    expect(info).toEqual({ version, jetstream: true });
    expect(isNew).toBe(true);
  });

  test("makes requests: answered, unheard, or in vain", async () => {
    await onTrial(async ({ kernel, client }) => {
      client.subscribe("echo", { callback: (_error, message) => message.respond(message.data) });
      client.subscribe("silent", { callback: () => {} });
      const { data } = await client.request("echo", "x", { timeout: 100 });
      expect(Buffer.from(data).toString()).toBe("x");
      await expect(client.request("nobody", "", { timeout: 100 })).rejects.toMatchObject({ name: "RequestError" });
      const askedAt = kernel.now();
      await expect(client.request("silent", "", { timeout: 100 })).rejects.toMatchObject({ name: "TimeoutError" });
      expect(kernel.now() - askedAt).toBeCloseTo(100);
    });
  });

  test("reads the status of what the server says", async () => {
    const status = await onTrial(async ({ client }) => {
      const { promise, resolve } = Promise.withResolvers<NatsMsg["headers"]>();
      client.subscribe("inbox", { callback: (_error, message) => resolve(message.headers) });
      client.publish("nobody.listens", "", { reply: "inbox" });
      return promise;
    });
    expect(status).toEqual({ code: 503, description: "" });
  });

  test("sends headers that the server can read: one message id is stored once", async () => {
    const answers = await onTrial(async ({ client }) => {
      const stream = JSON.stringify({ name: "s", subjects: ["s.>"], storage: "file", num_replicas: 1 });
      await client.request("$JS.API.STREAM.CREATE.s", stream, { timeout: 1_000 });
      const store = async (): Promise<unknown> => {
        const identified = headers();
        identified.set("Nats-Msg-Id", "1");
        const { promise, resolve } = Promise.withResolvers<string>();
        const reply = client.newInbox();
        client.subscribe(reply, { callback: (_error, message) => resolve(message.string()) });
        client.publish("s.a", "x", { reply, headers: identified });
        return JSON.parse(await promise) as unknown;
      };
      return [await store(), await store()];
    });
    expect(answers).toMatchObject([{ stream: "s", seq: 1 }, { duplicate: true }]);
  });

  test("makes inboxes that nobody else has", async () => {
    const inboxes = await onTrial(async (bench) => {
      const other = await connect(bench.realmOf("worker-2"));
      return [bench.client.newInbox(), bench.client.newInbox(), other.newInbox()];
    });
    expect(new Set(inboxes).size).toBe(3);
    for (const inbox of inboxes) expect(inbox).toMatch(/^_INBOX\.\w{22}$/);
  });

  test("comes back after a cut, with its subscriptions, and says so", async () => {
    const [heard, said] = await onTrial(async (trial) => {
      const { kernel, client, disturb } = trial;
      const got = texts(client, "a");
      const heal = disturb({ kind: "cut" });
      await kernel.clock.sleep(3_000);
      await heal();
      await kernel.clock.sleep(500);
      client.publish("a", "after");
      await client.flush();
      return [got, trial.said] as const;
    });
    expect(heard).toEqual(["after"]);
    expect(said).toEqual(["disconnect", "reconnect"]);
  });

  test("drops what it was to send in an outage, but for what comes while it connects again", async () => {
    const heard = await onTrial(async ({ kernel, client, disturb }) => {
      const got = texts(client, "a");
      const heal = disturb({ kind: "cut" });
      await kernel.clock.sleep(1_000);
      client.publish("a", "lost");
      await kernel.clock.sleep(1_000);
      await heal();
      await kernel.clock.sleep(1_000);
      client.publish("a", "heard");
      await client.flush();
      return got;
    });
    expect(heard).toEqual(["heard"]);
  });

  test("gives a silent server up after three pings", async () => {
    const afterMs = await onTrial(async ({ kernel, said, disturb }) => {
      const silentAt = kernel.now();
      disturb({ kind: "blackhole" });
      while (said.length === 0) await kernel.clock.sleep(10);
      return kernel.now() - silentAt;
    });
    expect(afterMs).toBeGreaterThan(givenUpMs - natsPatience.pingIntervalMs);
    expect(afterMs).toBeLessThan(givenUpMs + 50);
  });

  test("drains: what was sent is there, and nothing can be sent afterwards", async () => {
    const heard = await onTrial(async (bench) => {
      const other = await connect(bench.realmOf("worker-2"));
      const got = texts(other, "a");
      await other.flush();
      bench.client.publish("a", "last");
      await bench.client.drain();
      expect(() => bench.client.publish("a", "too late")).toThrow("closed");
      await bench.kernel.clock.sleep(10);
      return got;
    });
    expect(heard).toEqual(["last"]);
  });

  test("drains while its line is down: it closes when it is connected again, and hears nothing more", async () => {
    const heard = await onTrial(async (bench) => {
      const { kernel, client, disturb } = bench;
      const other = await connect(bench.realmOf("worker-2"));
      const got = texts(client, "a");
      const heal = disturb({ kind: "cut" });
      await kernel.clock.sleep(1_000);
      const drained = client.drain();
      await heal();
      await drained;
      expect(() => client.publish("a", "too late")).toThrow("closed");
      other.publish("a", "unheard");
      await other.flush();
      return got;
    });
    expect(heard).toEqual([]);
  });

  test("cannot drain while its line stays down: it says so after two attempts, and can be closed", async () => {
    await onTrial(async ({ kernel, client, disturb }) => {
      texts(client, "a");
      disturb({ kind: "cut" });
      await kernel.clock.sleep(1_000);
      await expect(client.drain()).rejects.toThrow("disconnected");
      await client.close();
      await expect(client.drain()).rejects.toThrow("closed");
    });
  });

  test("fails to connect to a server that is not there", async () => {
    await simulated(async (bench) => {
      await expect(connect(bench.realmOf("worker-1"))).rejects.toThrow("refused");
    });
  });
});
