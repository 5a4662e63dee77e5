import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { isRunning, isStopped } from "./process-identity.ts";
import { startReaper } from "./start-reaper.ts";
import { processesOf } from "./stub/processes-of.test-support.ts";
import { temporaryFolder } from "./stub/stub-world.test-support.ts";

test.each([
  ["real", "a paused replica"],
  ["embedded", "the embedded servers"],
])("when the harness is killed, everything that it started is killed (%s servers), even %s", async (servers) => {
  using folder = temporaryFolder();
  const words = [stubHarness, folder.path, servers];
  const harness = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  await once(harness.stdout, "data");
  const started = processesOf(folder.path).filter((pid) => pid !== harness.pid);
  // Redis, NATS, the reaper and three replicas.
  expect(started).toHaveLength(6);
  expect(started.filter(isStopped)).toHaveLength(1);

  harness.kill("SIGKILL");
  await expect.poll(() => processesOf(folder.path), { timeout: 20_000 }).toEqual([]);
  expect(existsSync(join(folder.path, "data"))).toBe(false);
});

test("a reaper that is told that all is done touches nothing", async () => {
  using folder = temporaryFolder();
  const bystander = spawn("sleep", ["60"]);
  await once(bystander, "spawn");
  const pid = bystander.pid ?? 0;
  const reaper = await startReaper(folder.path);
  reaper.watch(pid);
  await reaper.done();
  expect(isRunning(reaper.pid, undefined)).toBe(false);
  expect(isRunning(pid, undefined)).toBe(true);
  expect(existsSync(folder.path)).toBe(true);
  bystander.kill("SIGKILL");
});

test("a process that only has the pid of one that exited is another process", () => {
  expect(isRunning(process.pid, undefined)).toBe(true);
  expect(isRunning(process.pid, "1")).toBe(false);
});

const stubHarness = fileURLToPath(new URL("./stub/stub-harness.test-support.ts", import.meta.url));
