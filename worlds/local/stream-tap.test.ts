import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";

import { systemClock, type Observation } from "../../core/mod.ts";
import { encodePacket } from "../../reference/domain/packets.ts";
import { useNats } from "../../test/servers.ts";
import { openStreamTap } from "./stream-tap.ts";

const nats = useNats();
let connection: NatsConnection;
beforeAll(async () => {
  connection = await connect({ servers: nats.server.url });
});
afterAll(async () => connection.close());

test("the tap may be opened before the stream is there, and sees every dispatch, even one that is stored twice", async () => {
  const { tap, observations } = await openTap();
  await tap.catchUp(1_000);
  await createStream();
  await publish("worker.worker-1.jobs", dispatchOf("a", 1));
  await publish("job.default", dispatchOf("b", 1));
  await publish("worker.worker-2.jobs", dispatchOf("a", 1));
  await tap.catchUp(20_000);
  expect(observations).toMatchObject([
    { kind: "dispatch", job: "a", epoch: 1, subject: "worker.worker-1.jobs", sequence: 1 },
    { kind: "dispatch", job: "b", epoch: 1, subject: "job.default", sequence: 2 },
    { kind: "dispatch", job: "a", epoch: 1, subject: "worker.worker-2.jobs", sequence: 3 },
  ]);
  await tap.close();
});

test("messages that are no dispatches are passed over", async () => {
  await publish("job.default", "not a packet");
  const { tap, observations } = await openTap();
  await tap.catchUp(20_000);
  expect(observations.map((each) => each.kind === "dispatch" && each.sequence)).toEqual([1, 2, 3]);
  await tap.close();
});

test("a dispatch has the time at which it was stored, however late the tap saw it", async () => {
  const clock = systemClock();
  const publishedAt = clock.now();
  await publish("job.default", dispatchOf("late", 1));
  await clock.sleep(250);
  const openedAt = clock.now();
  const observations: Observation[] = [];
  const tap = await openStreamTap(nats.server.url, clock, { record: (event) => observations.push(event) });
  await tap.catchUp(20_000);
  // The server's clock counts from another zero, and ours in whole milliseconds.
  expect(observations.at(-1)?.at).toBeGreaterThan(publishedAt - 5);
  expect(observations.at(-1)?.at).toBeLessThan(openedAt);
  await tap.close();
});

test("a tap that cannot catch up says how much it has missed", async () => {
  const record = (): void => {
    throw new Error("the disk is full");
  };
  const tap = await openStreamTap(nats.server.url, systemClock(), { record });
  await expect(tap.catchUp(300)).rejects.toThrow(/5 stored messages were not seen.*: the disk is full/);
  await tap.close();
});

async function openTap() {
  const observations: Observation[] = [];
  const tap = await openStreamTap(nats.server.url, systemClock(), { record: (event) => observations.push(event) });
  return { tap, observations };
}

async function createStream(): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: "CORDUM_JOBS", subjects: ["job.>", "worker.*.jobs"] });
}

async function publish(subject: string, body: string): Promise<void> {
  await jetstream(connection).publish(subject, body);
}

function dispatchOf(job: string, epoch: number): string {
  return encodePacket("dispatch", "scheduler-1", "trace", { job_id: job, epoch, topic: "job.default" });
}
