import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import type { BusConfiguration } from "../../../capacity/mod.ts";
import { systemClock } from "../../../core/mod.ts";
import { BusProcess, type BusStart } from "./bus-process.ts";

const configuration: BusConfiguration = {
  name: "tiny",
  shards: 2,
  workersPerShard: 2,
  queueSize: 50,
  service: { meanMs: 2, spread: "fixed", work: "wait" },
  topics: { count: 20, zipf: 0 },
  arrivals: { process: "poisson" },
  payloadBytes: 4_096,
};

test("every message that is published has its record, and the bus's ledger agrees", async () => {
  await using bus = await BusProcess.start(start());
  await bus.open(40);
  const messages = [...Array(40).keys()];
  bus.publish({ messages, topics: messages.map((index) => index % 20), sentAtMs: 0 });
  const record = await bus.settle(30_000);
  expect(record.refused).toBe(0);
  expect(record.ledger).toMatchObject({ accepted: 40, delivered: 40, queued: 0 });
  for (const index of messages) {
    const { sentAtMs, acceptedAtMs, takenAtMs, startedAtMs, endedAtMs } = record;
    const times = [sentAtMs, acceptedAtMs, takenAtMs, startedAtMs, endedAtMs].map((all) => all[index]!);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(record.shard[index]).toBeGreaterThanOrEqual(0);
  }
});

test("what does not fit is refused, counted, and in no ledger", async () => {
  await using bus = await BusProcess.start(start());
  await bus.open(200);
  const messages = [...Array(200).keys()];
  bus.publish({ messages, topics: messages.map(() => 0), sentAtMs: 0 });
  const { refused, endedAtMs, ledger } = await bus.settle(30_000);
  const ended = endedAtMs.filter((at) => !Number.isNaN(at)).length;
  expect(refused).toBeGreaterThan(0);
  expect(ended + refused).toBe(200);
  expect(ledger.delivered).toBe(ended);
});

test("full queues are weighed and emptied, and no message is missing", async () => {
  await using bus = await BusProcess.start(start());
  const { messages, bytes, payloadBytes } = await bus.fill();
  expect(messages).toBe(2 * 0.8 * 50);
  expect(bytes).toBeGreaterThan(messages * payloadBytes * 0.9);
  expect((await bus.drain(20)).missing).toBe(0);
});

test("handlers that burn the CPU leave the process able to answer", async () => {
  const burning = { ...configuration, service: { meanMs: 5, spread: "fixed", work: "burn" } as const };
  await using bus = await BusProcess.start(start(burning));
  await bus.open(20);
  bus.publish({ messages: [...Array(20).keys()], topics: Array(20).fill(0), sentAtMs: 0 });
  const { cpuMs: before } = await bus.mark();
  const { ledger } = await bus.settle(30_000);
  expect(ledger.delivered).toBe(20);
  expect((await bus.mark()).cpuMs - before).toBeGreaterThan(50);
});

test("an abort kills the process and fails whoever waits for an answer, at once and later", async () => {
  const stop = new AbortController();
  await using bus = await BusProcess.start({ ...start(), signal: stop.signal });
  await bus.fill();
  const waiting = bus.drain(600_000);
  stop.abort();
  await expect(waiting).rejects.toThrow("[bus_process]");
  await expect(bus.mark()).rejects.toThrow("[bus_process]");
});

test("a setup that no bus can be made of is an error of the environment", async () => {
  await expect(BusProcess.start(start({ ...configuration, shards: -1 }))).rejects.toThrow("did not come up");
});

test("when whoever started it is killed, the process ends too", async () => {
  const script = fileURLToPath(new URL("./bus-parent.test-support.ts", import.meta.url));
  const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const child = Number(line.toString());
  expect(isRunning(child)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isRunning(child), { timeout: 30_000 }).toBe(false);
});

function start(given = configuration): BusStart {
  const setup = { originNs: `${process.hrtime.bigint()}`, configuration: given, seed: "1" };
  return { setup, clock: systemClock(), signal: new AbortController().signal };
}

/** A process that has ended and was not collected yet does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
