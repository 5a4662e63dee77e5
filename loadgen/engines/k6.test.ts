import { tmpdir } from "node:os";

import { afterEach, describe, expect, test } from "vitest";

import { seededRandom, systemClock, type Observation } from "../../core/mod.ts";
import { useProgram } from "../../test/needed-program.ts";
import { versionOf, findBinary } from "../../worlds/local/mod.ts";
import { acceptingGateway, fakeGateway, type FakeGateway } from "../fake-gateway.test-support.ts";
import type { Load } from "../load.ts";
import { uniform } from "../shapes.ts";
import { k6Engine } from "./k6.ts";

const nobody = { id: "gateway-1", url: "http://127.0.0.1:1" };

const opened: FakeGateway[] = [];
afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway[Symbol.asyncDispose]();
});

const k6 = findBinary("k6");
const k6Version = k6 === undefined ? undefined : await versionOf(k6);

test("without k6 there is a clear error, with the way out", async () => {
  await expect(shoot([], [], "")).rejects.toMatchObject({ code: "k6_missing" });
});

test("a load that is shorter than a second is refused", async () => {
  await expect(shoot([steady("a", 10)], [nobody], "k6")).rejects.toThrow(
    'k6 cannot send the load "a" for less than a second',
  );
});

describe("with the k6 that doctor --fix --for k6 builds", () => {
  useProgram({ for: "k6", isThere: k6Version !== undefined, missing: "k6 is not built" });

  test("every operation is sent once, over all gateways, and leaves an event with its job", async () => {
    const gateways = [await open(acceptingGateway("gateway-1")), await open(acceptingGateway("gateway-2"))];
    const beganAt = performance.now();
    const { report, events } = await shoot([steady("a", 40)], gateways);
    const tookMs = performance.now() - beganAt;
    const seen = gateways.flatMap((gateway) => gateway.seen);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ topic: "job.default", payload: { workMs: 7 } });
    expect(seen.every(({ path, headers }) => path === "/api/v1/jobs" && headers["x-api-key"] === "key of load")).toBe(
      true,
    );
    const jobs = events.map((event) => (event.kind === "op" ? event.job : undefined));
    // k6 keeps its own time: each stream may have one or two more at the end of its window.
    expect(seen.length).toBeGreaterThanOrEqual(39);
    expect(seen.length).toBeLessThanOrEqual(46);
    expect(new Set(jobs).size).toBe(seen.length);
    expect(report.acknowledged.toSorted()).toEqual((jobs as string[]).toSorted());
    expect(report.health.healthy).toBe(true);
    const times = events.map((event) => (event.kind === "op" ? [event.sentAt, event.at ?? -1] : [0, 0]));
    expect(times.every(([sentAt = 0, at = 0]) => sentAt >= 0 && at >= sentAt && at <= tookMs + 1)).toBe(true);
    expect(times.map(([, at]) => at)).toEqual(times.map(([, at = 0]) => at).toSorted((one, other) => one - other));
  });

  test("what a gateway refuses is refused, and what it does not say is unknown", async () => {
    const gateway = await open(
      fakeGateway(
        "gateway-1",
        (_, index) => [{ status: 429 }, { status: 500 }, "reset" as const][index % 3] ?? "reset",
      ),
    );
    const { report } = await shoot([steady("a", 60)], [gateway]);
    expect(report.outcomes).toMatchObject({ ok: 0, error: 0 });
    expect(report.outcomes.refused).toBeGreaterThanOrEqual(19);
    expect(report.outcomes.unknown).toBeGreaterThanOrEqual(38);
  });

  test("a gateway that nobody listens on is an error, and not an unknown outcome", async () => {
    const { report } = await shoot([steady("a", 40)], [nobody]);
    expect(report.outcomes.error).toBeGreaterThanOrEqual(39);
    expect(report.outcomes.unknown).toBe(0);
  });

  test("an abort ends k6 at once", async () => {
    const gateway = await open(acceptingGateway("gateway-1"));
    const abort = new AbortController();
    const shooting = shoot([steady("a", 6_000)], [gateway], k6, abort.signal);
    await expect.poll(() => gateway.seen.length, { timeout: 20_000 }).toBeGreaterThan(3);
    abort.abort();
    const { report } = await shooting;
    expect(report.outcomes.ok).toBeLessThan(6_000);
  });
});

function steady(name: string, count: number): Load {
  return { name, arrivals: uniform("40/s", () => count), work: "7ms" };
}

async function open(starting: Promise<FakeGateway>): Promise<FakeGateway> {
  const gateway = await starting;
  opened.push(gateway);
  return gateway;
}

async function shoot(
  loads: readonly Load[],
  gateways: readonly Pick<FakeGateway, "id" | "url">[],
  binary: string | undefined = k6,
  signal: AbortSignal = new AbortController().signal,
) {
  const events: Observation[] = [];
  const clock = systemClock();
  const report = await k6Engine({ binary: binary || undefined, environment: { HOME: tmpdir() } }).run(loads, {
    ...{ gateways, clock, signal },
    apiKey: (client) => `key of ${client}`,
    random: seededRandom("engines"),
    witness: { record: (event) => events.push(event) },
  });
  return { report, events };
}
