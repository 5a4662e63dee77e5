import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { useToxiproxy } from "../../test/needed-program.ts";
import { isStopped } from "./process-identity.ts";
import { processesOf } from "./stub/processes-of.test-support.ts";
import { temporaryFolder } from "./stub/stub-world.test-support.ts";

useToxiproxy();

const patience = { timeout: 30_000, interval: 100 };

test("when the harness stands still, what it has broken heals, and the run proves nothing", async () => {
  using folder = temporaryFolder();
  using breaking = await breakingHarness(folder.path);
  const { harness, gateway } = breaking;
  await expect(fetch(gateway)).rejects.toThrow("fetch failed");
  expect(pausedIn(folder.path)).toHaveLength(1);

  harness.kill("SIGSTOP");
  await expect.poll(() => reaches(gateway), patience).toBe(true);
  await expect.poll(() => pausedIn(folder.path).filter((pid) => pid !== harness.pid), patience).toEqual([]);

  harness.kill("SIGCONT");
  const said = once(harness.stdout, "data");
  harness.stdin.write("close\n");
  expect(String(await said).trim()).toBe("fault_lapsed");
  await expect.poll(() => processesOf(folder.path), patience).toEqual([]);
}, 90_000);

test("when a harness with links is killed, nothing is left running, and no port is left open", async () => {
  using folder = temporaryFolder();
  using breaking = await breakingHarness(folder.path);
  const { harness, gateway } = breaking;
  // Redis, NATS, Toxiproxy, the reaper and three replicas.
  expect(processesOf(folder.path).filter((pid) => pid !== harness.pid)).toHaveLength(7);
  harness.kill("SIGKILL");
  await expect.poll(() => processesOf(folder.path), patience).toEqual([]);
  expect(existsSync(join(folder.path, "data"))).toBe(false);
  expect(await reaches(gateway)).toBe(false);
}, 90_000);

const entry = fileURLToPath(new URL("./stub/breaking-harness.test-support.ts", import.meta.url));

async function breakingHarness(
  folder: string,
): Promise<Disposable & { harness: ChildProcessByStdio<Writable, Readable, null>; gateway: string }> {
  const harness = spawn(process.execPath, [entry, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const [url] = (await once(harness.stdout, "data")) as [Buffer];
  return { harness, gateway: url.toString().trim(), [Symbol.dispose]: () => void harness.kill("SIGKILL") };
}

function pausedIn(folder: string): number[] {
  return processesOf(folder).filter(isStopped);
}

async function reaches(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
