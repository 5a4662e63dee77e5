import { describe, expect, test } from "vitest";

import { systemClock } from "../core/mod.ts";
import { acceptingGateway, deadUrl, fakeGateway } from "./fake-gateway.test-support.ts";
import { httpClient } from "./http-client.ts";

const clock = systemClock();
const post = { method: "POST", path: "/x", body: "{}", timeoutMs: 10_000 } as const;

describe("httpClient", () => {
  test("gives the status and the parsed body", async () => {
    await using gateway = await acceptingGateway("g");
    const client = httpClient(gateway.url, { clock, connectionsMax: 2 });
    expect(await client.request(post)).toEqual({ answered: true, status: 202, body: { job_id: "g/0" } });
    await client.close();
  });

  test("uses connections again for requests one after another", async () => {
    await using gateway = await acceptingGateway("g");
    const client = httpClient(gateway.url, { clock, connectionsMax: 10 });
    for (let index = 0; index < 20; index++) await client.request(post);
    expect(gateway.connections).toBeLessThan(5);
    await client.close();
  });

  test("knows that nothing was sent when nobody listens", async () => {
    const client = httpClient(await deadUrl(), { clock, connectionsMax: 2 });
    expect(await client.request(post)).toMatchObject({ answered: false, sent: false });
    await client.close();
  });

  test("assumes that it was sent when the connection breaks", async () => {
    await using gateway = await fakeGateway("g", () => "reset");
    const client = httpClient(gateway.url, { clock, connectionsMax: 2 });
    expect(await client.request(post)).toMatchObject({ answered: false, sent: true });
    expect(gateway.seen).toHaveLength(1);
    await client.close();
  });

  test("gives up after its time, and says so", async () => {
    await using gateway = await fakeGateway("g", () => "hang");
    const client = httpClient(gateway.url, { clock, connectionsMax: 2 });
    expect(await client.request({ ...post, timeoutMs: 50 })).toEqual({
      answered: false,
      sent: true,
      because: "no answer within 50 ms",
    });
    await client.close();
  });

  test("gives up everything when it is closed or told to stop", async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    await using gateway = await fakeGateway("g", () => {
      arrive();
      return "hang";
    });
    const stop = new AbortController();
    const client = httpClient(gateway.url, { clock, connectionsMax: 2, signal: stop.signal });
    const hanging = client.request(post);
    await arrived;
    stop.abort();
    expect(await hanging).toMatchObject({ answered: false, sent: true });
    expect(await client.request(post)).toMatchObject({ answered: false, sent: false });
    await client.close();
  });
});
