import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";

import { isRunning } from "../process-identity.ts";
import { startEmbeddedNats, startEmbeddedRedis } from "./embedded.ts";

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "seatrial-embedded-"))));
afterAll(() => rmSync(folder, { recursive: true }));

test("an embedded Redis serves real clients, tells its version, and is gone when it is killed", async () => {
  const server = await startEmbeddedRedis(join(folder, "redis"));
  const redis = new Redis(server.url);
  expect(await redis.set("key", "value", "PX", 60_000)).toBe("OK");
  expect(await redis.eval("return redis.call('get', KEYS[1])", 1, "key")).toBe("value");
  const told = /redis_version:(\S+)/.exec(await redis.info("server"))?.[1];
  expect(await server.version()).toBe(`${told} (embedded)`);
  redis.disconnect();
  await server.kill();
  expect(isRunning(server.pid, undefined)).toBe(false);
});

test("an embedded NATS serves real clients, JetStream too, and tells its version", async () => {
  await using server = await startEmbeddedNats(join(folder, "nats"));
  const nats = await connect({ servers: server.url });
  const manager = await jetstreamManager(nats);
  await manager.streams.add({ name: "jobs", subjects: ["jobs.>"] });
  const { seq } = await jetstream(nats).publish("jobs.one", "payload", { msgID: "1" });
  expect(seq).toBe(1);
  expect(await server.version()).toBe(`${nats.info?.version} (embedded)`);
  await nats.close();
});

test.each(["SIGTERM", "SIGINT"] as const)("%s ends it in good order", async (signal) => {
  const child = spawn(process.execPath, [entry, "redis", "--port", "0"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  child.kill(signal);
  expect(await exited).toEqual([0, null]);
});

test("it does not outlive whoever started it, even without a reaper", async () => {
  const script = `
    const { startEmbeddedRedis } = await import(${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)});
    const server = await startEmbeddedRedis(${JSON.stringify(join(folder, "orphan"))}, { detached: true });
    process.stdout.write(String(server.pid));
    setInterval(() => undefined, 1_000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [pid] = (await once(parent.stdout, "data")) as [Buffer];
  expect(isRunning(Number(pid), undefined)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isRunning(Number(pid), undefined), { timeout: 10_000 }).toBe(false);
});

test("words that it does not know are refused by name", async () => {
  for (const words of [
    ["etcd", "--port", "0"],
    ["redis", "--port", "many"],
  ]) {
    const child = spawn(process.execPath, [entry, ...words], { stdio: ["pipe", "ignore", "pipe"] });
    let told = "";
    child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect(code).not.toBe(0);
    expect(told).toContain(words.includes("etcd") ? "etcd" : "many");
  }
});

const entry = fileURLToPath(new URL("./embedded-main.ts", import.meta.url));
