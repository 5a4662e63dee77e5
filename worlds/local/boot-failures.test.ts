import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, expect, test, vi } from "vitest";

import { bootLocalWorld } from "./local-world.ts";
import type { LocalWorldOptions } from "./options.ts";
import { findBinary } from "./servers/find-binary.ts";
import { processesOf } from "./stub/processes-of.test-support.ts";
import { stubOptions, temporaryFolder } from "./stub/stub-world.test-support.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a replica that does not start is an error with the end of its log, and nothing is left running", async () => {
  using folder = temporaryFolder();
  const thrown = await failureOf(folder.path, { variables: { LOG_LEVEL: "broken" } });
  expect(thrown).toMatchObject({ code: "replica_died" });
  expect(thrown.message).toMatch(/worker-1 exited during start:\n[^]*the stub was told to break/);
  expectNothingLeft(folder.path);
});

test("a server that is not installed is an error that says how to obtain it", async () => {
  using folder = temporaryFolder();
  vi.stubEnv("PATH", "");
  const thrown = await failureOf(folder.path);
  expect(thrown).toMatchObject({ code: "server_missing", hint: expect.stringContaining("doctor --fix") as string });
  expectNothingLeft(folder.path);
});

test("links without Toxiproxy are an error that says how to obtain it, and without links nobody misses it", async () => {
  using folder = temporaryFolder();
  vi.stubEnv("PATH", onlyServers(folder.path));
  vi.spyOn(process, "cwd").mockReturnValue(folder.path);
  const thrown = await failureOf(folder.path, { links: true });
  expect(thrown).toMatchObject({ code: "toxiproxy_missing", exitCode: 3 });
  expect(thrown).toMatchObject({ hint: expect.stringContaining("doctor --fix --for faults") as string });
  expectNothingLeft(folder.path);

  const world = await bootLocalWorld(stubOptions(folder.path));
  const cut = world.disturb({ from: "scheduler-1", to: "redis" }, { kind: "cut" });
  await expect(cut).rejects.toThrow("cannot be disturbed");
  await world.close();
  expectNothingLeft(folder.path);
});

test("a server that dies during start is an error with the end of its log", async () => {
  using folder = temporaryFolder();
  vi.stubEnv("PATH", `${fakeRedis(folder.path)}:${process.env["PATH"]}`);
  const thrown = await failureOf(folder.path);
  expect(thrown).toMatchObject({ code: "server_died" });
  expect(thrown.message).toContain("the fake has no memory left");
  expectNothingLeft(folder.path);
});

test("a run folder that cannot be made is an error, before anything is started", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "file");
  writeFileSync(file, "");
  const thrown = await failureOf(join(file, "run"));
  expect(thrown).toMatchObject({ code: "folder_not_writable", hint: expect.stringContaining("--out") as string });
  expectNothingLeft(folder.path);
});

test("options that name what does not exist are refused", async () => {
  using folder = temporaryFolder();
  const refusals: [Partial<LocalWorldOptions>, string][] = [
    [{ without: ["fencing"] }, 'Unknown safeguard "fencing"'],
    [{ variables: { REDIS_POOL: "1" } }, 'Unknown setting "REDIS_POOL"'],
    [{ variables: { SHUTDOWN_TIMEOUT: "soon" } }, 'SHUTDOWN_TIMEOUT: "soon" is no duration'],
    [{ cluster: { gateways: -1, schedulers: 1, workers: 1 } }, "Cannot start -1 gateways"],
  ];
  for (const [changes, message] of refusals) {
    expect((await failureOf(folder.path, changes)).message).toContain(message);
  }
  expectNothingLeft(folder.path);
});

test("aborting while replicas start takes everything down and rejects with the reason", async () => {
  using folder = temporaryFolder();
  const controller = new AbortController();
  const witness = { record: () => controller.abort(new Error("somebody pressed Ctrl-C")) };
  const thrown = await failureOf(folder.path, { signal: controller.signal, witness });
  expect(thrown.message).toBe("somebody pressed Ctrl-C");
  expectNothingLeft(folder.path);
});

test("aborting later takes everything down at once, though replicas would be slow to stop", async () => {
  using folder = temporaryFolder();
  const controller = new AbortController();
  const variables = { LOG_LEVEL: "stubborn" };
  const world = await bootLocalWorld(stubOptions(folder.path, { signal: controller.signal, variables }));
  expect(processesOf(folder.path).length).toBeGreaterThan(3);
  controller.abort();
  await world.close();
  expect(world.replicas().map(({ state }) => state)).toEqual(["exited", "exited", "exited"]);
  await expect(world.restart("gateway-1")).rejects.toThrow("closed");
  expectNothingLeft(folder.path);
});

test("a server that dies in the middle makes the run worthless, and close says so", async () => {
  using folder = temporaryFolder();
  const world = await bootLocalWorld(stubOptions(folder.path));
  const nats = processesOf(join(folder.path, "data", "nats"));
  expect(nats).toHaveLength(1);
  for (const pid of nats) process.kill(pid, "SIGKILL");
  await expect.poll(() => processesOf(join(folder.path, "data", "nats"))).toEqual([]);
  const thrown = await world.close().catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: "server_died" });
  expectNothingLeft(folder.path);
});

async function failureOf(folder: string, changes: Partial<LocalWorldOptions> = {}): Promise<Error> {
  const world = await bootLocalWorld(stubOptions(folder, changes)).catch((thrown: unknown) => thrown as Error);
  if (world instanceof Error) return world;
  await world.close();
  throw new Error("the world booted");
}

function expectNothingLeft(folder: string): void {
  expect(processesOf(folder)).toEqual([]);
  expect(existsSync(join(folder, "data"))).toBe(false);
}

/** A folder that has Redis and NATS, and nothing else. */
function onlyServers(folder: string): string {
  const bin = join(folder, "servers");
  mkdirSync(bin);
  for (const name of ["redis-server", "nats-server"]) symlinkSync(findBinary(name) ?? "", join(bin, name));
  return bin;
}

function fakeRedis(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "redis-server"), "#!/bin/sh\necho the fake has no memory left >&2\nexit 1\n");
  chmodSync(join(bin, "redis-server"), 0o755);
  return bin;
}
