import { afterEach, describe, expect, test, vi } from "vitest";

import { useRedis } from "../../../test/servers.ts";
import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import { connectRedis, type RedisClient, type RedisConfig } from "./connect-redis.ts";
import { testParts } from "./parts.test-support.ts";
import { startTestProxy, type TestProxy } from "./tcp-proxy.test-support.ts";

const redis = useRedis();
const opened: AsyncDisposable[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

function client(url: string, config: Partial<RedisConfig> = {}, parts = testParts()): RedisClient {
  const made = connectRedis(
    { instance: "test", redisUrl: url, redisPoolSize: 1, redisMinIdle: 1, redisCommandTimeoutMs: 2_000, ...config },
    parts,
  );
  opened.push({ [Symbol.asyncDispose]: () => made.close() });
  return made;
}

async function proxy(): Promise<TestProxy> {
  const made = await startTestProxy(redis.server.port);
  opened.push(made);
  return made;
}

/** How each call ended: its value, or the code of its error. */
async function endings(calls: Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((each) => (each.status === "fulfilled" ? each.value : (each.reason as Unavailable).code));
}

describe("what is sent", () => {
  test("a call that comes before there is a connection waits for it", async () => {
    const store = client(redis.server.url);
    expect(await store.command("SET", "early", 1)).toBe("OK");
    expect(await store.command("GET", "early")).toBe("1");
  });

  test("an unanswered write is never sent again: 20 INCRs do not become 40", async () => {
    const between = await proxy();
    // Longer than the test: they must reject because the socket closed.
    const store = client(between.url, { redisCommandTimeoutMs: 600_000 });
    const direct = client(redis.server.url);
    await store.ping();
    between.muted = true;
    const calls = Array.from({ length: 20 }, () => store.command("INCR", "resent"));
    await vi.waitFor(async () => expect(await direct.command("GET", "resent")).toBe("20"));
    between.cut();
    between.muted = false;
    expect(await endings(calls)).toEqual(Array.from({ length: 20 }, () => "outcome_unknown"));
    await vi.waitFor(() => store.ping());
    expect(await direct.command("GET", "resent")).toBe("20");
  }, 20_000);

  test("calls of one turn of the event loop go out as one write, over one connection of several", async () => {
    const between = await proxy();
    const store = client(between.url, { redisPoolSize: 3, redisMinIdle: 3 });
    await vi.waitFor(() => expect(store.pool().idle).toBe(3));
    const before = between.writes;
    await Promise.all(Array.from({ length: 30 }, (_, index) => store.command("SET", `batch-${index}`, index)));
    expect(between.writes - before).toBe(1);
  });

  test("a pipeline answers in order, and rejects with the reply that is an error", async () => {
    const store = client(redis.server.url);
    const replies = await store.pipeline([
      ["SET", "p", "text"],
      ["GET", "p"],
      ["HGETALL", "none"],
    ]);
    expect(replies).toEqual(["OK", "text", []]);
    await expect(
      store.pipeline([
        ["GET", "p"],
        ["INCR", "p"],
      ]),
    ).rejects.toThrow("not an integer");
  });
});

describe("what is answered too late, or never", () => {
  test("a sent command without an answer rejects as unknown within the timeout, and a new connection follows", async () => {
    const between = await proxy();
    const store = client(between.url, { redisCommandTimeoutMs: 200 });
    await store.ping();
    between.muted = true;
    expect(await endings([store.command("SET", "silent", 1)])).toEqual(["outcome_unknown"]);
    between.muted = false;
    await vi.waitFor(() => store.ping());
    expect(between.accepted).toBeGreaterThan(1);
  });

  test("a command that finds no server rejects as unavailable within the timeout, and leaves nothing behind", async () => {
    const between = await proxy();
    between.refusing = true;
    const store = client(between.url, { redisCommandTimeoutMs: 300 });
    const direct = client(redis.server.url);
    expect(await endings([store.command("INCR", "never-left"), store.command("INCR", "never-left")])).toEqual([
      "unavailable",
      "unavailable",
    ]);
    between.refusing = false;
    await vi.waitFor(() => store.ping());
    expect(await direct.command("GET", "never-left")).toBeNull();
  });

  test("more callers than may wait are refused at once", async () => {
    const between = await proxy();
    between.refusing = true;
    const store = client(between.url, { redisCommandTimeoutMs: 60_000 });
    const waiting = Array.from({ length: 1_024 }, () => store.ping().catch((thrown: unknown) => thrown));
    await expect(store.ping()).rejects.toBeInstanceOf(Unavailable);
    await store.close();
    expect((await Promise.all(waiting)).every((thrown) => thrown instanceof Unavailable)).toBe(true);
  });

  test("a server that is paused leads to timeouts, and all is well when it goes on", async () => {
    const store = client(redis.server.url, { redisCommandTimeoutMs: 200, redisPoolSize: 3, redisMinIdle: 2 });
    await store.ping();
    process.kill(redis.server.pid, "SIGSTOP");
    try {
      const ended = await endings([store.command("SET", "paused", 1), store.command("SET", "paused", 2)]);
      expect(ended).toEqual(["outcome_unknown", "outcome_unknown"]);
      await expect(store.ping()).rejects.toThrow(/unavailable|outcome_unknown/);
    } finally {
      process.kill(redis.server.pid, "SIGCONT");
    }
    await vi.waitFor(() => store.ping(), 10_000);
    expect(await store.command("SET", "paused", 3)).toBe("OK");
  });
});

describe("coming back", () => {
  test("the connection comes back after every cut", async () => {
    const between = await proxy();
    const store = client(between.url);
    for (let round = 0; round < 5; round++) {
      await vi.waitFor(() => store.ping());
      between.cut();
    }
    await vi.waitFor(() => store.ping());
    expect(between.accepted).toBeGreaterThanOrEqual(6);
  });

  test("QUIT, after which ioredis itself never connects again, is survived", async () => {
    const store = client(redis.server.url);
    expect(await store.command("QUIT")).toBe("OK");
    await vi.waitFor(async () => expect(await store.command("ECHO", "here again")).toBe("here again"));
  });

  test("a server that is away at first is found when it comes", async () => {
    const between = await proxy();
    between.refusing = true;
    const store = client(between.url);
    const call = store.command("ECHO", "patience");
    await vi.waitFor(() => expect(between.refused).toBeGreaterThan(2));
    between.refusing = false;
    expect(await call).toBe("patience");
  });

  test("a server that is not there is no unhandled error", async () => {
    const complaints = vi.spyOn(console, "error");
    const between = await startTestProxy(redis.server.port);
    await between[Symbol.asyncDispose]();
    const store = client(between.url, { redisCommandTimeoutMs: 200 });
    await expect(store.ping()).rejects.toBeInstanceOf(Unavailable);
    expect(complaints).not.toHaveBeenCalled();
  });
});

describe("scripts", () => {
  const script = { name: "add", text: "return redis.call('INCRBY', KEYS[1], ARGV[1])" };

  test("a script is sent by its digest, and a server that forgot it is told again", async () => {
    const store = client(redis.server.url);
    await store.command("SCRIPT", "FLUSH");
    expect(await store.script(script, ["added"], [2])).toBe(2);
    await store.command("SCRIPT", "FLUSH");
    const calls = Array.from({ length: 10 }, () => store.script(script, ["added"], [2]));
    expect((await Promise.all(calls)).at(-1)).toBe(22);
    await store.command("CONFIG", "RESETSTAT");
    await store.script(script, ["added"], [2]);
    expect(await store.command("INFO", "commandstats")).not.toContain("cmdstat_eval:");
  });

  test("a script whose keys are in different slots is a bug", async () => {
    const store = client(redis.server.url);
    await expect(store.script(script, ["a", "b"], [1])).rejects.toThrow("different slots");
    expect(await store.script(script, ["{same}:a", "{same}:b"], [1])).toBe(1);
  });

  test("an error reply says what it is: wrong use is passed on, a refusal is unavailable", async () => {
    const store = client(redis.server.url);
    await expect(store.command("NOSUCHCOMMAND")).rejects.toThrow("unknown command");
    await store.command("CONFIG", "SET", "min-replicas-to-write", 1);
    await expect(store.command("SET", "x", 1)).rejects.toBeInstanceOf(Unavailable);
    await store.command("CONFIG", "SET", "min-replicas-to-write", 0);
  });
});

describe("the pool", () => {
  test("keeps some connections warm, uses few of them, opens more when all are busy, and never too many", async () => {
    const between = await proxy();
    const parts = testParts();
    const store = client(between.url, { redisPoolSize: 4, redisMinIdle: 2, redisCommandTimeoutMs: 5_000 }, parts);
    await vi.waitFor(() => expect(store.pool()).toEqual({ connections: 2, idle: 2, limit: 4 }));
    between.muted = true;
    const stuck = Array.from({ length: 400 }, () => store.command("ECHO", "x").catch((thrown: unknown) => thrown));
    await vi.waitFor(() => expect(between.open).toBe(3));
    between.cut();
    between.muted = false;
    expect((await Promise.all(stuck)).every((thrown) => thrown instanceof OutcomeUnknown)).toBe(true);
    await vi.waitFor(() => expect(store.pool().connections).toBe(3));
    expect(parts.metric("poolConnections", { state: "open" })).toBe(3);
  });

  test("a server that is far behind is not given more and more", async () => {
    const between = await proxy();
    const store = client(between.url);
    await store.ping();
    between.muted = true;
    const calls = Array.from({ length: 1_100 }, () => store.command("ECHO", "x"));
    const ended = endings(calls);
    between.cut();
    const codes = await ended;
    expect(codes.filter((code) => code === "unavailable")).toHaveLength(76);
    expect(codes.filter((code) => code === "outcome_unknown")).toHaveLength(1_024);
  });

  test("closing waits for the answers, and refuses what comes after", async () => {
    const store = client(redis.server.url, { redisPoolSize: 3, redisMinIdle: 3 });
    await store.ping();
    const last = Array.from({ length: 50 }, () => store.command("ECHO", "last"));
    await store.close();
    expect(await Promise.all(last)).toEqual(last.map(() => "last"));
    await expect(store.ping()).rejects.toBeInstanceOf(Unavailable);
    expect(store.pool()).toEqual({ connections: 0, idle: 0, limit: 3 });
  });
});
