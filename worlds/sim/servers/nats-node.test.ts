import { headers } from "@nats-io/nats-core";
import { describe, expect, test } from "vitest";

import type { ServerFault } from "../../../core/mod.ts";
import type { NatsClient, NatsMsg } from "../../../reference/adapters/nats/mod.ts";
import { connectSimNats } from "../drivers/nats-client.ts";
import { simulated, type Bench } from "../kernel.test-support.ts";
import { makeServers, type Servers } from "./make-servers.ts";

const ms = 1e6;
const loseLeader: ServerFault = { kind: "loseLeader", server: "nats" };
const restart: ServerFault = { kind: "restartServer", server: "nats", downMs: 500 };

interface OnTrial extends Bench, Servers {
  connect(name: string): Promise<NatsClient>;
  /** A first client, to a bus with the stream `WORK` and its consumer `c`. */
  readonly client: NatsClient;
}

function onTrial<Value>(use: (trial: OnTrial) => Promise<Value>): Promise<Value> {
  return simulated(async (bench) => {
    const { kernel, network } = bench;
    const servers = makeServers(kernel, network, () => {});
    const connect = (name: string): Promise<NatsClient> => {
      const line = bench.realmOf(name);
      const { clock, random } = line.host.realm;
      return connectSimNats({ network: line, clock, random: random.fork("nats"), host: "nats", name });
    };
    const client = await connect("worker-1");
    const stream = { name: "WORK", subjects: ["work"], storage: "file" };
    await client.request("$JS.API.STREAM.CREATE.WORK", JSON.stringify(stream));
    const config = { durable_name: "c", ack_policy: "explicit", ack_wait: 30_000 * ms };
    const consumer = JSON.stringify({ stream_name: "WORK", config });
    await client.request("$JS.API.CONSUMER.DURABLE.CREATE.WORK.c", consumer);
    return use({ ...bench, ...servers, connect, client });
  });
}

/** The first message that comes to an inbox of its own. */
function ask(client: NatsClient, subject: string, text: string, id = ""): Promise<NatsMsg> {
  const named = headers();
  if (id !== "") named.set("Nats-Msg-Id", id);
  const answered = Promise.withResolvers<NatsMsg>();
  const inbox = client.newInbox();
  client.subscribe(inbox, { callback: (_error, message) => answered.resolve(message) });
  client.publish(subject, text, { reply: inbox, headers: named });
  return answered.promise;
}

function store(client: NatsClient, text: string): Promise<NatsMsg> {
  return ask(client, "work", text, text);
}

function next(client: NatsClient): Promise<NatsMsg> {
  return ask(client, "$JS.API.CONSUMER.MSG.NEXT.WORK.c", JSON.stringify({ batch: 1, no_wait: true }));
}

describe("a NATS that is restarted", () => {
  test("keeps its messages and their ids, and brings again what was acknowledged in the last moments", async () => {
    const [again, receipt] = await onTrial(async ({ kernel, client, strike }) => {
      await store(client, "one");
      (await next(client)).respond("+ACK");
      await kernel.clock.sleep(100);
      const { heal } = await strike(restart);
      await heal();
      await kernel.clock.sleep(5_000);
      return [(await next(client)).string(), (await store(client, "one")).string()];
    });
    expect(again).toBe("one");
    expect(receipt).toContain('"duplicate": true');
  });

  test("does not bring again what was acknowledged a while before", async () => {
    const code = await onTrial(async ({ kernel, client, strike }) => {
      await store(client, "one");
      (await next(client)).respond("+ACK");
      await kernel.clock.sleep(1_000);
      await (await strike(restart)).heal();
      await kernel.clock.sleep(5_000);
      return (await next(client)).headers?.code;
    });
    expect(code).toBe(404);
  });
});

describe("a cluster that has lost its leader", () => {
  test("stores nothing until it has another, and passes on what needs no leader", async () => {
    const [meanwhile, heard, elected, afterwards] = await onTrial(async ({ kernel, client, connect, strike }) => {
      const { heal } = await strike(loseLeader);
      // Whoever was connected to the lost server is connected to another by then.
      await kernel.clock.sleep(3_000);
      const texts: string[] = [];
      client.subscribe("news", { callback: (_error, message) => texts.push(message.string()) });
      await client.flush();
      (await connect("gateway-1")).publish("news", "still here");
      const refused = (await store(client, "one")).headers?.code;
      await heal();
      return [refused, texts, kernel.now(), (await store(client, "one")).string()];
    });
    expect(meanwhile).toBe(503);
    expect(heard).toEqual(["still here"]);
    expect(elected).toBeGreaterThan(4_100);
    expect(afterwards).toContain('"seq":1');
  });

  test("tells those who waited, once it has another, five times of eight, and leaves them waiting otherwise", async () => {
    const elections = 40;
    const answers = await onTrial(async ({ kernel, client, strike }) => {
      const heard: (NatsMsg["headers"] | undefined)[] = [];
      for (let election = 0; election < elections; election++) {
        const patient = JSON.stringify({ batch: 1, expires: 3_600_000 * ms });
        void ask(client, "$JS.API.CONSUMER.MSG.NEXT.WORK.c", patient).then(({ headers: told }) => heard.push(told));
        await kernel.clock.sleep(100);
        await (await strike(loseLeader)).heal();
        // Whoever was connected to the lost server is connected to another by then.
        await kernel.clock.sleep(3_000);
      }
      return heard;
    });
    for (const told of answers) expect(told).toMatchObject({ code: 409, description: "Leadership Change" });
    // Of 40, with 5 in 8: 25, and hardly ever ten more or fewer.
    expect(answers.length).toBeGreaterThan(15);
    expect(answers.length).toBeLessThan(35);
  });

  test("drops some of its clients, and not all of them", async () => {
    const dropped = await onTrial(async ({ kernel, connect, strike }) => {
      let count = 0;
      for (let each = 1; each <= 30; each++) {
        const status = (await connect(`gateway-${each}`)).status();
        void (async () => {
          for await (const { type } of status) if (type === "disconnect") count += 1;
        })();
      }
      await strike(loseLeader);
      await kernel.clock.sleep(1_000);
      return count;
    });
    expect(dropped).toBeGreaterThan(2);
    expect(dropped).toBeLessThan(28);
  });
});
