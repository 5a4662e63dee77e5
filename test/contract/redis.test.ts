import { describe, expect, test } from "vitest";

import { Unavailable, type Script } from "../../reference/ports/mod.ts";
import { useArms } from "./arms.test-support.ts";

const text = (body: string): Script => ({ name: "of-a-test", text: body });

describe.each(useArms())("Redis, $name", ({ play }) => {
  test("commands are answered with text, numbers, nothing, and lists of these", () =>
    play(async ({ join }) => {
      const { redis } = await join("gateway-1");
      expect(await redis.command("SET", "greeting", "grüß dich ✓")).toBe("OK");
      expect(await redis.command("GET", "greeting")).toBe("grüß dich ✓");
      expect(await redis.command("STRLEN", "greeting")).toBe(15);
      expect(await redis.command("GET", "nobody")).toBeNull();
      expect(await redis.command("INCRBY", "count", 7)).toBe(7);
      await redis.command("ZADD", "scores", 2.5, "b", 1, "a");
      expect(await redis.command("ZRANGE", "scores", 0, -1, "WITHSCORES")).toEqual(["a", "1", "b", "2.5"]);
      expect(await redis.command("HMGET", "hash", "field")).toEqual([null]);
    }));

  test("a wrong command rejects with what Redis says of it", () =>
    play(async ({ join }) => {
      const { redis } = await join("gateway-1");
      await redis.command("SET", "text", "a");
      await expect(redis.command("NOSUCH")).rejects.toThrow("ERR unknown command 'NOSUCH'");
      await expect(redis.command("INCR", "text")).rejects.toThrow("ERR value is not an integer or out of range");
      await expect(redis.command("LPUSH", "text", 1)).rejects.toThrow("WRONGTYPE Operation against a key");
      await expect(redis.command("GET")).rejects.toThrow("ERR wrong number of arguments for 'get' command");
      expect(await redis.command("GET", "text")).toBe("a");
    }));

  test("a pipeline is answered in its order, and does the rest when one of it fails", () =>
    play(async ({ join }) => {
      const { redis } = await join("gateway-1");
      const pushes = Array.from({ length: 50 }, (_, index) => ["RPUSH", "list", index] as const);
      expect(await redis.pipeline(pushes)).toEqual(pushes.map((_, index) => index + 1));
      const broken = redis.pipeline([
        ["INCR", "before"],
        ["INCR", "list"],
        ["INCR", "after"],
      ]);
      await expect(broken).rejects.toThrow("WRONGTYPE");
      expect(await redis.command("MGET", "before", "after")).toEqual(["1", "1"]);
    }));

  test("commands of many callers reach Redis in the order of their calls, over one connection", () =>
    play(async ({ join }) => {
      const { redis } = await join("gateway-1", { variables: { REDIS_POOL_SIZE: "1" } });
      const replies = await Promise.all(Array.from({ length: 100 }, () => redis.command("INCR", "count")));
      expect(replies).toEqual(replies.map((_, index) => index + 1));
    }));

  test("a script runs whether Redis knows it or not, and sees its keys and arguments as text", () =>
    play(async ({ join }) => {
      const { redis } = await join("gateway-1");
      const script = text("return {KEYS[1], ARGV[1], type(ARGV[1]), #ARGV, false, redis.call('INCR', KEYS[1])}");
      expect(await redis.script(script, ["{a}:1"], [7, "x"])).toEqual(["{a}:1", "7", "string", 2, null, 1]);
      expect(await redis.script(script, ["{a}:1"], [7])).toEqual(["{a}:1", "7", "string", 1, null, 2]);
      await redis.command("SCRIPT", "FLUSH");
      expect(await redis.script(script, ["{a}:1"], [7])).toEqual(["{a}:1", "7", "string", 1, null, 3]);
    }));

  test("a script that fails rejects, and what it did before has happened", () =>
    play(async ({ join }) => {
      const { redis } = await join("gateway-1");
      const failing = text("redis.call('SET', KEYS[1], 'done'); return redis.error_reply('MINE is the fault')");
      await expect(redis.script(failing, ["key"], [])).rejects.toThrow("MINE is the fault");
      expect(await redis.command("GET", "key")).toBe("done");
      await expect(redis.script(text("return redis.call('INCR', 'key')"), ["key"], [])).rejects.toThrow("integer");
    }));

  test("a key with a time to live is there until then, and gone afterwards", () =>
    play(async ({ join, clock, eventually }) => {
      const { redis } = await join("gateway-1");
      const setAt = clock.now();
      await redis.command("SET", "key", "value", "PX", 300);
      expect(await redis.command("PTTL", "key")).toBeGreaterThan(0);
      await eventually(async () => expect(await redis.command("EXISTS", "key")).toBe(0));
      expect(clock.now() - setAt).toBeGreaterThanOrEqual(299);
    }));

  test("all see one store, whose clock goes on", () =>
    play(async ({ join, clock }) => {
      const [one, two] = [await join("gateway-1"), await join("gateway-2")];
      await one.redis.command("SET", "key", "of one");
      expect(await two.redis.command("GET", "key")).toBe("of one");
      const [seconds, us] = (await two.redis.command("TIME")) as string[];
      expect(Math.abs(Number(seconds) * 1_000 + Number(us) / 1_000 - clock.unixMs())).toBeLessThan(1_000);
    }));

  test("who has left reaches nothing any more, and surely did nothing", () =>
    play(async ({ join }) => {
      const { redis, leave } = await join("gateway-1");
      const answered = redis.command("INCR", "count");
      await leave();
      expect(await answered).toBe(1);
      await expect(redis.command("INCR", "count")).rejects.toBeInstanceOf(Unavailable);
      expect(await (await join("gateway-2")).redis.command("GET", "count")).toBe("1");
    }));
});
