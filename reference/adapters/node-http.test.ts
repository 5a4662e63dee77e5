import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";

import type { Page, Served } from "../ports/mod.ts";
import { nodeHttp } from "./node-http.ts";

async function started(port = 0): Promise<Served> {
  const page = (path: string): Promise<Page> => Promise.resolve({ status: 202, contentType: "text/plain", body: path });
  const served = await nodeHttp.servePages(page, { host: "127.0.0.1", port });
  onTestFinished(() => served.close());
  return served;
}

test("a page is asked for by its path, and sent as it is", async () => {
  const { url } = await started();
  const answer = await fetch(`${url}/health?probe=1`);
  expect(answer.status).toBe(202);
  expect(answer.headers.get("content-type")).toBe("text/plain");
  expect(await answer.text()).toBe("/health");
});

test("pages end at once, whoever holds a connection open, and only once", async () => {
  const served = await started();
  await (await fetch(`${served.url}/health`)).text();
  await served.close();
  await served.close();
  await expect(fetch(`${served.url}/health`)).rejects.toThrow("fetch failed");
});

test("an app can be cut off from whoever waits for it", async () => {
  const app = Fastify();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  app.get("/never", () => {
    arrive();
    return new Promise<void>(() => undefined);
  });
  const served = await nodeHttp.serveApp(app, { host: "127.0.0.1", port: 0 });
  const answer = fetch(`${served.url}/never`);
  await arrived;
  const closed = served.close();
  served.cutOff();
  await expect(answer).rejects.toThrow("fetch failed");
  await closed;
});

test("a port that is taken is called so", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await expect(started(port)).rejects.toMatchObject({ code: "port_in_use" });
});
