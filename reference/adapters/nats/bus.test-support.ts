import { AckPolicy, jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import { nanos } from "@nats-io/nats-core";
import { connect } from "@nats-io/transport-node";

import { systemClock, type Clock } from "../../../core/mod.ts";
import type { Server } from "../../../worlds/local/servers/server.ts";
import { readConfig, type Variables } from "../../config/config.ts";
import type { MetricKey } from "../../ports/mod.ts";
import { connectBus, dialNats, type BusParts, type NatsBus } from "./mod.ts";

/** A bus that remembers what it logged and counted. */
export interface TestBus extends NatsBus, AsyncDisposable {
  readonly logged: readonly string[];
  counted(metric: MetricKey): number;
}

/** Connects a bus to a server of the test, with other settings where the test needs them. */
export async function busAt(url: string, variables: Variables = {}, parts: Partial<BusParts> = {}): Promise<TestBus> {
  const logged: string[] = [];
  const counts = new Map<MetricKey, number>();
  const note = (message: string, facts: object = {}): void => void logged.push(`${message} ${JSON.stringify(facts)}`);
  const bus = await connectBus(readConfig({ NATS_URL: url, ...variables }), {
    dial: dialNats,
    clock: systemClock(),
    log: { debug: note, info: note, warn: note, error: note },
    metrics: {
      count: (metric, _labels, by = 1) => void counts.set(metric, (counts.get(metric) ?? 0) + by),
      set: () => undefined,
      observe: () => undefined,
      expose: () => Promise.resolve(""),
    },
    ...parts,
  });
  const dispose = (): Promise<void> => bus.close();
  return { ...bus, logged, counted: (metric) => counts.get(metric) ?? 0, [Symbol.asyncDispose]: dispose };
}

/** The server's own view of its streams and consumers. */
export async function managerAt(url: string): Promise<JetStreamManager & AsyncDisposable> {
  const client = await connect({ servers: url });
  const manager = await jetstreamManager(client);
  return Object.assign(manager, { [Symbol.asyncDispose]: () => client.close() });
}

/** Holds a server still while `during` runs; its threads stop a moment after the signal. */
export async function whilePaused(server: Server, during: () => Promise<void>): Promise<void> {
  const probe = await busAt(server.url, { NATS_PUBLISH_TIMEOUT: "100ms" });
  process.kill(server.pid, "SIGSTOP");
  try {
    while (await answers(probe));
    await during();
  } finally {
    if (server.alive()) process.kill(server.pid, "SIGCONT");
    await probe.close();
  }
}

function answers(bus: TestBus): Promise<boolean> {
  return bus.publish({ subject: "job.are-you-there", body: "" }).then(
    () => true,
    () => false,
  );
}

/** The machine's clock, but it can be told that time has passed. */
export function jumpingClock(): Clock & { jump(byMs: number): void } {
  const real = systemClock();
  let aheadMs = 0;
  return { ...real, now: () => real.now() + aheadMs, jump: (byMs) => void (aheadMs += byMs) };
}

/** The clock of a replica that is dead from the stream's side: it never says that it is still working. */
export function silentClock(): Clock {
  return { ...systemClock(), every: () => ({ cancel: () => undefined }) };
}

/** Resolves when, by the stream's own clock, this many acknowledgement waits of a second have passed. */
export async function ackWaitsPass(url: string, count: number): Promise<void> {
  await using manager = await managerAt(url);
  const [stream, subject] = ["CORDUM_JOBS", unusedSubject()];
  const { name } = await manager.consumers.add(stream, {
    durable_name: "clock",
    filter_subject: subject,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(1_000),
  });
  const client = manager.jetstream();
  await client.publish(subject, "tick");
  const ticks = await (await client.consumers.get(stream, name)).consume();
  for await (const { info } of ticks) {
    if (info.deliveryCount > count) break;
  }
  await manager.consumers.delete(stream, name);
}

/** A subject of the jobs stream that no other test uses. */
export function unusedSubject(): string {
  return `job.test-${++subjects}`;
}

let subjects = 0;
