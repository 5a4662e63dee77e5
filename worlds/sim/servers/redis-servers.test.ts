import { describe, expect, test } from "vitest";

import type { ServerFault } from "../../../core/mod.ts";
import type { RedisConnection } from "../../../reference/adapters/redis/mod.ts";
import { Unavailable } from "../../../reference/ports/mod.ts";
import { SimRedisConnection } from "../drivers/redis-connection.ts";
import { simulated, type Bench } from "../kernel.test-support.ts";
import { makeServers, type Servers } from "./make-servers.ts";

const detectMs = 2_300;
const settledMs = 5_000;

interface OnTrial extends Bench, Servers {
  /** A new client of its own, which has connected. */
  client(): Promise<RedisConnection>;
  /** Bytes of writes that were lost, failover by failover. */
  readonly lost: number[];
}

function onTrial<Value>(use: (trial: OnTrial) => Promise<Value>, hasReplica = true): Promise<Value> {
  return simulated(async (bench) => {
    const { kernel, network } = bench;
    const lost: number[] = [];
    const servers = makeServers(kernel, network, () => {}, { hasReplica, onLost: (bytes) => lost.push(bytes) });
    let clients = 0;
    const client = async (): Promise<RedisConnection> => {
      const realmNetwork = bench.realmOf(`client-${++clients}`);
      const { clock, random } = realmNetwork.host.realm;
      const quiet = { onReady: () => {}, onLost: () => {}, onTrouble: () => {} };
      const parts = { url: "redis://redis:6379", name: "client", commandTimeoutMs: 2_000, clock, random, ...quiet };
      const connection = new SimRedisConnection(parts, realmNetwork);
      await kernel.clock.sleep(100);
      return connection;
    };
    return use({ ...bench, ...servers, client, lost });
  });
}

const failOver = (behindMs: number): ServerFault => ({ kind: "failOver", server: "redis", detectMs, behindMs });

describe("a failover", () => {
  test("loses what was acknowledged while the replica heard nothing, and nothing else", async () => {
    const [values, lost] = await onTrial(async ({ kernel, client, strike, lost: bytes }) => {
      const writer = await client();
      await writer.send(["SET", "safe", "1"]);
      await kernel.clock.sleep(10);
      const struck = strike(failOver(1_000));
      await kernel.clock.sleep(500);
      expect(await writer.send(["SET", "lost", "1"])).toBe("OK");
      await struck;
      await kernel.clock.sleep(settledMs);
      return [await writer.send(["MGET", "safe", "lost"]), bytes];
    });
    expect(values).toEqual(["1", null]);
    expect(lost).toEqual(["*3\r\n$3\r\nSET\r\n$4\r\nlost\r\n$1\r\n1\r\n".length]);
  });

  test("loses nothing that the replica could hear", async () => {
    const [value, lost] = await onTrial(async ({ kernel, client, strike, lost: bytes }) => {
      const writer = await client();
      await writer.send(["SET", "k", "last"]);
      await strike(failOver(0));
      await kernel.clock.sleep(settledMs);
      return [await writer.send(["GET", "k"]), bytes];
    });
    expect([value, lost]).toEqual(["last", [0]]);
  });

  test("leaves nobody at the address until it is noticed", async () => {
    await onTrial(async ({ kernel, client, strike }) => {
      const writer = await client();
      await strike(failOver(0));
      await kernel.clock.sleep(detectMs - 100);
      await expect(writer.send(["PING"])).rejects.toThrow(Unavailable);
      await kernel.clock.sleep(settledMs);
      expect(await writer.send(["PING"])).toBe("PONG");
    });
  });

  test("can be followed by another, back to the first, when it is healed", async () => {
    const values = await onTrial(async ({ kernel, client, strike }) => {
      const writer = await client();
      for (const key of ["first", "second"]) {
        await writer.send(["SET", key, "1"]);
        const { heal } = await strike(failOver(0));
        await heal();
        await kernel.clock.sleep(settledMs);
      }
      return writer.send(["MGET", "first", "second"]);
    });
    expect(values).toEqual(["1", "1"]);
  });
});

describe("a primary that sleeps", () => {
  const sleep: ServerFault = { kind: "sleepPrimary", server: "redis", detectMs: 1_000, believesMs: 1_000 };

  test("grants, awake again, what the new one has granted, until it is told; then that is gone", async () => {
    const [grants, holders] = await onTrial(async ({ kernel, client, strike }) => {
      const connected = await client();
      const { heal } = await strike(sleep);
      await kernel.clock.sleep(1_500);
      const newcomer = await client();
      const granted = [await newcomer.send(["SET", "lock", "newcomer", "NX"])];
      const healed = heal();
      granted.push(await connected.send(["SET", "lock", "connected", "NX"]));
      await healed;
      await kernel.clock.sleep(settledMs);
      return [granted, await Promise.all([connected, newcomer].map((one) => one.send(["GET", "lock"])))];
    });
    expect(grants).toEqual(["OK", "OK"]);
    expect(holders).toEqual(["newcomer", "newcomer"]);
  });

  test("sends those away, too, who only read: they read what the new one has, however late it hears of that", async () => {
    const value = await onTrial(async ({ kernel, network, client, strike }) => {
      const reader = await client();
      await reader.send(["GET", "k"]);
      const { heal } = await strike(sleep);
      await kernel.clock.sleep(1_500);
      await heal();
      await kernel.clock.sleep(settledMs);
      network.disturb({ from: "redis-1", to: "redis-2" }, { kind: "partition", way: "both" });
      await (await client()).send(["SET", "k", "new"]);
      return reader.send(["GET", "k"]);
    });
    expect(value).toBe("new");
  });

  test("and wakes before anybody misses it, is the primary as before", async () => {
    const [value, lost] = await onTrial(async ({ kernel, client, strike, lost: bytes }) => {
      const connected = await client();
      const { heal } = await strike(sleep);
      await kernel.clock.sleep(500);
      const asked = connected.send(["SET", "k", "v"]);
      await heal();
      await asked;
      await kernel.clock.sleep(settledMs);
      return [await (await client()).send(["GET", "k"]), bytes];
    });
    expect([value, lost]).toEqual(["v", []]);
  });
});

describe("a restart", () => {
  const restart = (keepsData: boolean): ServerFault => {
    return { kind: "restartServer", server: "redis", downMs: 500, keepsData };
  };

  test.each([
    [true, "kept", 0],
    [false, null, 0],
  ])("with keepsData %s: the key is %s, and scripts are forgotten", async (keepsData, value, scripts) => {
    const found = await onTrial(async ({ kernel, client, strike }) => {
      const writer = await client();
      await writer.send(["SET", "k", "kept"]);
      const digest = String(await writer.send(["SCRIPT", "LOAD", "return 1"]));
      const { heal } = await strike(restart(keepsData));
      await heal();
      await kernel.clock.sleep(settledMs);
      return [await writer.send(["GET", "k"]), await writer.send(["SCRIPT", "EXISTS", digest])];
    });
    expect(found).toEqual([value, [scripts]]);
  });

  test("without data takes that of the replica, too", async () => {
    const value = await onTrial(async ({ kernel, client, strike }) => {
      const writer = await client();
      await writer.send(["SET", "k", "v"]);
      await (await strike(restart(false))).heal();
      await kernel.clock.sleep(settledMs);
      await strike(failOver(0));
      await kernel.clock.sleep(settledMs);
      return writer.send(["GET", "k"]);
    });
    expect(value).toBeNull();
  });
});

describe("a fault of a server", () => {
  test("is refused while another is in force, and possible again after it", async () => {
    await onTrial(async ({ strike }) => {
      const { heal } = await strike(failOver(0));
      await expect(strike(failOver(0))).rejects.toThrow("redis is struck already");
      await heal();
      await strike(failOver(0));
    });
  });

  test("that needs a replica is refused where there is none, and does no harm", async () => {
    await onTrial(async ({ client, strike }) => {
      await expect(strike(failOver(0))).rejects.toThrow("There is no replica of Redis");
      expect(await (await client()).send(["PING"])).toBe("PONG");
    }, false);
  });

  test("that ends by itself makes room for the next without being healed", async () => {
    await onTrial(async ({ kernel, strike }) => {
      const restart: ServerFault = { kind: "restartServer", server: "redis", downMs: 500, keepsData: true };
      await strike(restart);
      await kernel.clock.sleep(501);
      await expect(strike(restart)).resolves.toHaveProperty("heal");
    });
  });
});
