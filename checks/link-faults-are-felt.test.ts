import { describe, expect, test } from "vitest";

import type { HistoryEvent } from "../core/mod.ts";
import { linkFaultsAreFelt } from "./link-faults-are-felt.ts";
import { fault, health, verdictOn } from "./story.test-support.ts";

const check = linkFaultsAreFelt();
const cut = fault("1 cut gateway-1 nats", "gateway-1", 1_000, 2_000);
const slow = fault("1 delay scheduler-1 redis", "scheduler-1", 1_000, 2_000).map((each) => ({ ...each, delayMs: 100 }));

const well = (name: string, at: number): HistoryEvent => health(name, true, at, { without: [], redisPingMs: 1 });
const without = (name: string, server: string, at: number): HistoryEvent =>
  health(name, false, at, { without: [server] });
const pings = (...each: readonly number[]): HistoryEvent[] =>
  each.map((redisPingMs, index) => health("scheduler-1", true, 1_100 + index, { without: [], redisPingMs }));

describe("linkFaultsAreFelt", () => {
  test("accepts a cut that the replica speaks of", () => {
    const reads = [well("gateway-1", 900), without("gateway-1", "nats", 1_250), well("gateway-1", 2_100)];
    expect(verdictOn(check, cut, reads)).toMatchObject({ status: "pass", examined: 1 });
  });

  test("rejects a cut during which the replica says that it reaches the server", () => {
    const reads = [without("gateway-1", "nats", 900), well("gateway-1", 1_250), without("gateway-1", "redis", 1_500)];
    const verdict = verdictOn(
      check,
      cut,
      reads,
      without("gateway-2", "nats", 1_300),
      without("gateway-1", "nats", 2_100),
    );
    expect(verdict.status).toBe("fail");
    expect(verdict.counterexamples).toMatchObject([
      {
        subject: "1 cut gateway-1 nats",
        because: expect.stringContaining("said 2 times that it reaches nats") as string,
      },
    ]);
  });

  test("asks each of several replicas", () => {
    const both = cut.map((each) => ({ ...each, targets: ["gateway-1", "gateway-2"] }));
    const verdict = verdictOn(check, both, without("gateway-1", "nats", 1_250), well("gateway-2", 1_250));
    expect(verdict.summary).toContain("1 of 2");
    expect(verdict.summary).toContain("gateway-2 said");
  });

  test("does not know when nobody heard the replica, or it told nothing of its servers", () => {
    const { status, summary } = verdictOn(check, cut, health("gateway-1", false, 1_250));
    expect(status).toBe("unknown");
    expect(summary).toContain("nobody heard from gateway-1 about nats");
    expect(verdictOn(check, cut).status).toBe("unknown");
  });

  test("does not know of a silence from NATS that was not noticed; one from Redis is noticed at once", () => {
    const silence = (server: string) => fault(`1 blackhole gateway-1 ${server}`, "gateway-1", 1_000, 2_000);
    expect(verdictOn(check, silence("nats"), well("gateway-1", 1_250)).status).toBe("unknown");
    expect(verdictOn(check, silence("redis"), well("gateway-1", 1_250)).status).toBe("fail");
  });

  test("accepts a delay that the replica measures", () => {
    expect(verdictOn(check, slow, pings(2, 180, 210, 240)).status).toBe("pass");
    // A ping that is given up lasts for ever.
    expect(verdictOn(check, slow, without("scheduler-1", "redis", 1_250)).status).toBe("pass");
  });

  test("does not know of a delay that the replica does not measure, though one ping was slow", () => {
    const { status, summary } = verdictOn(check, slow, pings(1, 1, 400));
    expect(status).toBe("unknown");
    expect(summary).toContain("measured 1.0 ms to redis and back (median of 3)");
  });

  test("has nothing to examine when only clients, or nobody, were cut off", () => {
    const clients = fault("1 cut clients gateway-1", "clients", 1_000, 2_000);
    expect(verdictOn(check, clients, well("gateway-1", 1_250))).toMatchObject({ status: "unknown", examined: 0 });
  });
});
