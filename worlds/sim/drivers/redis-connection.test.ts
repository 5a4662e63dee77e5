import { describe, expect, test } from "vitest";

import type { RedisConnection } from "../../../reference/adapters/redis/mod.ts";
import { OutcomeUnknown, Unavailable } from "../../../reference/ports/mod.ts";
import type { Disturbance } from "../../../core/mod.ts";
import { bytesOf, ErrorReply, ok, type RedisEngine, type Reply } from "../../../sim/mod.ts";
import { simulated, type Bench } from "../kernel.test-support.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import { serveRedis } from "../servers/serve-redis.ts";
import { SimRedisConnection } from "./redis-connection.ts";

const commandTimeoutMs = 500;

/** A Redis that knows PING, ECHO, MANY, FAIL, READONLY and HANG, and remembers what it was sent. */
function littleRedis(): RedisEngine & { readonly executed: string[] } {
  const executed: string[] = [];
  return {
    executed,
    connect: () => ({
      execute([name = "", ...words], reply) {
        if (name !== "PING") executed.push([name, ...words].join(" "));
        if (name !== "HANG") reply(answerOf(name, words));
      },
      close() {},
    }),
  };
}

function answerOf(name: string, words: readonly string[]): Reply {
  switch (name) {
    case "ECHO":
      return words.join(" ");
    case "MANY":
      return [1, null, 7n, ok, [bytesOf("ä")]];
    case "FAIL":
      return new ErrorReply("WRONGTYPE not so");
    case "READONLY":
      return new ErrorReply("READONLY I am a replica");
    default:
      return ok;
  }
}

interface Told {
  readonly connection: RedisConnection;
  readonly log: string[];
}

/** Dials from a realm, and waits until the first attempt has come to something. */
async function dial({ kernel }: Bench, network: RealmNetwork, waitMs = 20): Promise<Told> {
  const log: string[] = [];
  const { clock, random } = network.host.realm;
  const connection = new SimRedisConnection(
    {
      ...{ url: "redis://redis:6379", name: "scheduler-1", commandTimeoutMs, clock, random },
      onReady: () => log.push("ready"),
      onLost: () => log.push("lost"),
      onTrouble: () => log.push("trouble"),
    },
    network,
  );
  await kernel.clock.sleep(waitMs);
  return { connection, log };
}

function disturb({ network }: Bench, disturbance: Disturbance): () => Promise<void> {
  return network.disturb({ from: "scheduler-1", to: "redis" }, disturbance).heal;
}

function withRedis<Value>(
  use: (bench: Bench, told: Told, redis: ReturnType<typeof littleRedis>) => Promise<Value>,
): Promise<Value> {
  return simulated(async (bench) => {
    const redis = littleRedis();
    serveRedis(bench.network, redis);
    return use(bench, await dial(bench, bench.realmOf("scheduler-1")), redis);
  });
}

describe("a connection to Redis over the simulated network", () => {
  test("answers in text, numbers and nothing", async () => {
    const replies = await withRedis((_bench, { connection }) =>
      Promise.all([connection.send(["ECHO", "größe", 3]), connection.send(["MANY"]), connection.send(["SET"])]),
    );
    expect(replies).toEqual(["größe 3", [1, null, 7, "OK", ["ä"]], "OK"]);
  });

  test("sends what is asked for in one turn as one message", async () => {
    const messages = await withRedis(async ({ kernel }, { connection }) => {
      const before = kernel.events;
      await Promise.all([connection.send(["ECHO", "a"]), connection.send(["ECHO", "b"])]);
      return kernel.events - before;
    });
    expect(messages).toBe(2);
  });

  test("rejects with the error reply as it is, unless it says: not now", async () => {
    await withRedis(async (_bench, { connection }) => {
      await expect(connection.send(["FAIL"])).rejects.toThrow("WRONGTYPE not so");
    });
  });

  test("leaves a server that has become a replica, and comes back", async () => {
    const log = await withRedis(async ({ kernel }, { connection, log: told }) => {
      await expect(connection.send(["READONLY"])).rejects.toBeInstanceOf(Unavailable);
      await kernel.clock.sleep(100);
      return told;
    });
    expect(log).toEqual(["ready", "trouble", "lost", "ready"]);
  });

  test("refuses while it is down: nothing was sent", async () => {
    const executed = await withRedis(async (bench, { connection }, redis) => {
      disturb(bench, { kind: "cut" });
      await bench.kernel.clock.sleep(20);
      await expect(connection.send(["ECHO", "a"])).rejects.toBeInstanceOf(Unavailable);
      return redis.executed;
    });
    expect(executed).toEqual([]);
  });

  test("does not know what became of a command whose answer was lost, nor sends it again", async () => {
    const executed = await withRedis(async (bench, { connection }, redis) => {
      const heal = disturb(bench, { kind: "loseReply" });
      await expect(connection.send(["ECHO", "a"])).rejects.toBeInstanceOf(OutcomeUnknown);
      await heal();
      await bench.kernel.clock.sleep(2_000);
      await connection.send(["ECHO", "b"]);
      return redis.executed;
    });
    expect(executed).toEqual(["ECHO a", "ECHO b"]);
  });

  test("breaks after a whole command timeout of silence, and not after a shorter one", async () => {
    const log = await withRedis(async ({ kernel }, { connection, log: told }) => {
      await expect(connection.send(["HANG"], 100)).rejects.toBeInstanceOf(OutcomeUnknown);
      expect(connection.ready).toBe(true);
      const sentAt = kernel.now();
      await expect(connection.send(["ECHO", "never answered, behind the other"])).rejects.toThrow("did not answer");
      expect(kernel.now() - sentAt).toBeCloseTo(commandTimeoutMs);
      return told;
    });
    expect(log).toEqual(["ready", "trouble", "lost"]);
  });

  test("is not ready while nothing arrives, though it is connected", async () => {
    const log = await simulated(async (bench) => {
      serveRedis(bench.network, littleRedis());
      disturb(bench, { kind: "blackhole" });
      return (await dial(bench, bench.realmOf("scheduler-1"), commandTimeoutMs + 20)).log;
    });
    expect(log).toEqual(["trouble"]);
  });

  test("comes back by itself once it can, for ever", async () => {
    const log = await withRedis(async (bench, { log: told }) => {
      const heal = disturb(bench, { kind: "cut" });
      await bench.kernel.clock.sleep(60_000);
      await heal();
      await bench.kernel.clock.sleep(1_100);
      return told.filter((each) => each !== "trouble");
    });
    expect(log).toEqual(["ready", "lost", "ready"]);
  });

  test("says nothing when it is closed, and lets what is in flight be answered", async () => {
    const [reply, log] = await withRedis(async ({ kernel }, { connection, log: told }) => {
      const asked = connection.send(["ECHO", "last"]);
      await connection.close();
      await kernel.clock.sleep(5_000);
      await expect(connection.send(["ECHO", "later"])).rejects.toBeInstanceOf(Unavailable);
      return [await asked, told] as const;
    });
    expect(reply).toBe("last");
    expect(log).toEqual(["ready"]);
  });

  test("sends nothing once its realm is dead", async () => {
    const executed = await simulated(async (bench) => {
      const redis = littleRedis();
      serveRedis(bench.network, redis);
      const network = bench.realmOf("scheduler-1");
      const { connection } = await dial(bench, network);
      network.host.realm.end({ why: "killed" });
      void connection.send(["ECHO", "from the grave"]);
      await bench.kernel.clock.sleep(100);
      return redis.executed;
    });
    expect(executed).toEqual([]);
  });
});
