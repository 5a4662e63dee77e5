import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { watchLeases, type Leases } from "./leases.ts";
import { isStopped, startTimeOf, untilStopped } from "./process-identity.ts";

let lapses = 0;
let leases: Leases;
beforeEach(() => {
  lapses = 0;
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  leases = watchLeases(() => (lapses += 1));
});
afterEach(() => {
  leases.close();
  vi.useRealTimers();
});

test("while the harness gives signs of life, however few, nothing is healed", async () => {
  await using sleeper = await pausedProcess();
  leases.begin(1, sleeper.lease);
  for (let beat = 0; beat < 10; beat++) {
    vi.advanceTimersByTime(2_500);
    leases.heard();
  }
  expect(isStopped(sleeper.pid)).toBe(true);
  expect(lapses).toBe(0);
});

test("after three seconds of silence a paused process is woken, and that is told once", async () => {
  await using sleeper = await pausedProcess();
  leases.begin(1, sleeper.lease);
  vi.advanceTimersByTime(2_999);
  expect(isStopped(sleeper.pid)).toBe(true);
  vi.advanceTimersByTime(1);
  await expect.poll(() => lapses).toBe(1);
  expect(isStopped(sleeper.pid)).toBe(false);
  vi.advanceTimersByTime(60_000);
  expect(lapses).toBe(1);
});

test("what has been healed meanwhile is left alone", async () => {
  await using sleeper = await pausedProcess();
  leases.begin(1, sleeper.lease);
  leases.end(1);
  vi.advanceTimersByTime(60_000);
  expect(isStopped(sleeper.pid)).toBe(true);
  expect(lapses).toBe(0);
});

test("another process that has the pid by now is left alone", async () => {
  await using sleeper = await pausedProcess();
  leases.begin(1, { wake: sleeper.pid, startTime: "1" });
  vi.advanceTimersByTime(3_000);
  await expect.poll(() => lapses).toBe(1);
  expect(isStopped(sleeper.pid)).toBe(true);
});

test("a Toxiproxy is reset, and one that is gone is no error", async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  leases.begin(1, { reset: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` });
  leases.begin(2, { reset: "http://127.0.0.1:1" });
  vi.advanceTimersByTime(3_000);
  await expect.poll(() => lapses).toBe(1);
  expect(requests).toEqual(["POST /reset"]);
  server.close();
  server.closeAllConnections();
});

async function pausedProcess() {
  const child: ChildProcess = spawn("sleep", ["600"]);
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  child.kill("SIGSTOP");
  await untilStopped(pid);
  const startTime = startTimeOf(pid) ?? "";
  return {
    pid,
    lease: { wake: pid, startTime },
    async [Symbol.asyncDispose]() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
