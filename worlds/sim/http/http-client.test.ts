import Fastify from "fastify";
import { describe, expect, test } from "vitest";

import type { HttpClient, HttpResult } from "../../../core/mod.ts";
import type { Served } from "../../../reference/ports/mod.ts";
import { simulated, type Bench } from "../kernel.test-support.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import { simHttp } from "./http-client.ts";
import { simHttpHost } from "./http-host.ts";

const anywhere = { host: "0.0.0.0", port: 0 };

interface Gateway {
  readonly realm: RealmNetwork["host"]["realm"];
  readonly served: Served;
  /** Paths that it was asked for, at any time. */
  readonly asked: string[];
}

async function gateway({ kernel, realmOf }: Bench, answerAfterMs = 0): Promise<Gateway> {
  const network = realmOf("gateway-1");
  const { realm } = network.host;
  const asked: string[] = [];
  const app = Fastify();
  app.all("/*", async ({ url, body }) => {
    asked.push(url);
    await realm.clock.sleep(answerAfterMs);
    return { url, body: body ?? null };
  });
  const { promise, resolve } = Promise.withResolvers<Served>();
  kernel.enter(realm, "start", () => void simHttpHost(network).serveApp(app, anywhere).then(resolve));
  return { realm, asked, served: await promise };
}

function client({ kernel, network }: Bench, duplication = 0, connectionsMax = 4): HttpClient {
  const side = { network, host: { name: "clients" }, random: kernel.random("twins"), duplication };
  return simHttp(side)("http://gateway-1", { clock: kernel.clock, connectionsMax });
}

function get(from: HttpClient, path = "/jobs", timeoutMs = 1_000): Promise<HttpResult> {
  return from.request({ method: "GET", path, timeoutMs });
}

describe("HTTP over the simulated network", () => {
  test("brings a request to a Fastify app, and its answer back, in virtual time", async () => {
    const [answer, tookMs] = await simulated(async (bench) => {
      await gateway(bench, 40);
      const sentAt = bench.kernel.now();
      const body = JSON.stringify({ topic: "job.default" });
      const headers = { "content-type": "application/json" };
      const post = { method: "POST", path: "/a?b=c", headers, body, timeoutMs: 1_000 } as const;
      return [await client(bench).request(post), bench.kernel.now() - sentAt] as const;
    });
    expect(answer).toEqual({ answered: true, status: 200, body: { url: "/a?b=c", body: { topic: "job.default" } } });
    expect(tookMs).toBeGreaterThan(40);
    expect(tookMs).toBeLessThan(60);
  });

  test("knows that a refused request was never sent", async () => {
    const result = await simulated((bench) => get(client(bench)));
    expect(result).toMatchObject({ answered: false, sent: false });
  });

  test("gives a request up when its time is over: it may have been sent", async () => {
    const result = await simulated(async (bench) => {
      await gateway(bench, 2_000);
      return get(client(bench));
    });
    expect(result).toEqual({ answered: false, sent: true, because: "no answer within 1 s" });
  });

  test("tells of a request whose gateway died that it may have been sent", async () => {
    const result = await simulated(async (bench) => {
      const { realm } = await gateway(bench, 500);
      bench.kernel.clock.after(100, () => realm.end({ why: "killed" }));
      return get(client(bench));
    });
    expect(result).toEqual({ answered: false, sent: true, because: "connection lost" });
  });

  test("answers nothing while the gateway's realm is paused, and everything afterwards", async () => {
    const tookMs = await simulated(async (bench) => {
      const { realm } = await gateway(bench);
      realm.pause();
      bench.kernel.clock.after(700, () => realm.resume());
      const sentAt = bench.kernel.now();
      await get(client(bench));
      return bench.kernel.now() - sentAt;
    });
    expect(tookMs).toBeGreaterThanOrEqual(700);
  });

  test("sends no more requests at a time than it has connections", async () => {
    const atOnce = await simulated(async (bench) => {
      const { asked } = await gateway(bench, 100);
      const from = client(bench, 0, 2);
      const all = Promise.all([get(from), get(from), get(from)]);
      await bench.kernel.clock.sleep(50);
      const most = asked.length;
      await all;
      return most;
    });
    expect(atOnce).toBe(2);
  });

  test("lets a request arrive twice, as often as the conditions say", async () => {
    const asked = await simulated(async (bench) => {
      const twice = await gateway(bench);
      await get(client(bench, 1));
      await bench.kernel.clock.sleep(50);
      return twice.asked;
    });
    expect(asked).toEqual(["/jobs", "/jobs"]);
  });

  test("answers what it has begun when it is closed, and takes nothing more", async () => {
    const [early, late] = await simulated(async (bench) => {
      const { realm, served } = await gateway(bench, 200);
      const from = client(bench);
      const begun = get(from);
      await bench.kernel.clock.sleep(100);
      bench.kernel.enter(realm, "close", () => void served.close());
      await bench.kernel.clock.sleep(1);
      return Promise.all([begun, get(from)]);
    });
    expect(early).toMatchObject({ answered: true, status: 200 });
    expect(late).toMatchObject({ answered: false, sent: false });
  });
});
