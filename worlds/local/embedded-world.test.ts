import { expect, test, vi } from "vitest";

import { processesOf } from "./stub/processes-of.test-support.ts";
import { bootStubs, stubOptions, temporaryFolder } from "./stub/stub-world.test-support.ts";
import { bootLocalWorld } from "./local-world.ts";

test("a world boots on embedded servers where neither program is installed, and leaves nothing", async () => {
  vi.stubEnv("PATH", "");
  await using stubs = await bootStubs({ servers: "embedded" });
  vi.unstubAllEnvs();
  const { world } = stubs;
  expect(world.versions).toEqual({ redis: "7.0.15 (embedded)", nats: "2.9.10 (embedded)" });
  expect(world.replicas().map(({ state }) => state)).toEqual(["ready", "ready", "ready"]);
  // The scheduler holds a lease in the embedded Redis.
  expect(await world.pick("scheduler.leader")).toEqual(["scheduler-1"]);
});

test("an embedded server that dies in the middle makes the run worthless, and close names it", async () => {
  using folder = temporaryFolder();
  const world = await bootLocalWorld(stubOptions(folder.path, { servers: "embedded" }));
  const [nats] = processesOf(`${folder.path}/data/nats`);
  process.kill(nats ?? 0, "SIGKILL");
  await expect.poll(() => processesOf(`${folder.path}/data/nats`)).toEqual([]);
  const thrown = await world.close().catch((error: unknown) => error);
  expect(thrown).toMatchObject({
    code: "server_died",
    message: expect.stringContaining("the embedded nats") as string,
  });
  expect(processesOf(folder.path)).toEqual([]);
});

test("an aborted world takes its embedded servers along", async () => {
  using folder = temporaryFolder();
  const controller = new AbortController();
  const options = stubOptions(folder.path, { servers: "embedded", signal: controller.signal });
  const world = await bootLocalWorld(options);
  expect(processesOf(folder.path)).toHaveLength(6);
  controller.abort();
  await world.close();
  expect(processesOf(folder.path)).toEqual([]);
});
