import { once } from "node:events";
import { connect, createServer } from "node:net";

import { expect, test } from "vitest";

import { systemClock, type Observation } from "../../../core/mod.ts";
import { linesOf } from "../lines.ts";
import { connectEffectSink } from "./effect-sink-client.ts";
import { openEffectSink } from "./effect-sink.ts";

const by = (execution: string, epoch = 1, job = "job") => ({ job, epoch, worker: "worker-1", execution });

test("many effects are in flight at once, each gets its own answer, and each decision is written down", async () => {
  const { sink, observations } = await openSink();
  const client = connectEffectSink(sink.address, systemClock());
  const jobs = Array.from({ length: 500 }, (_, index) => `job-${index}`);
  const asked = jobs.flatMap((job) => [client.apply(by(`${job}/1`, 2, job)), client.apply(by(`${job}/2`, 1, job))]);
  expect(await Promise.all(asked)).toEqual(jobs.flatMap(() => ["accepted", "stale"]));
  expect(observations).toHaveLength(1_000);
  expect(observations[1]).toEqual({ kind: "effect", job: "job-0", epoch: 1, worker: "worker-1", decision: "stale" });
  client.close();
  await sink.close();
});

test("an answer that is lost with its connection is asked for again, and the effect counts once", async () => {
  const { sink, observations } = await openSink();
  const relay = await openForgetfulRelay(sink.address);
  const client = connectEffectSink(relay.address, systemClock());
  expect(await client.apply(by("a"))).toBe("accepted");
  expect(relay.connections()).toBe(2);
  expect(observations).toHaveLength(1);
  client.close();
  await relay.close();
  await sink.close();
});

test("a sink that is not there yet is waited for", async () => {
  const first = await openSink();
  await first.sink.close();
  const client = connectEffectSink(first.sink.address, systemClock());
  const asked = client.apply(by("a"));
  const port = Number(first.sink.address.split(":")[1]);
  const late = createServer((socket) => {
    socket.on("data", () => socket.write('{"request":1,"decision":"accepted"}\n'));
  }).listen(port, "127.0.0.1");
  expect(await asked).toBe("accepted");
  client.close();
  late.close();
});

test("whoever speaks another language is hung up on", async () => {
  const { sink, observations } = await openSink();
  for (const nonsense of ["GET / HTTP/1.1\n", '{"request":1,"job":7}\n', "x".repeat(70_000)]) {
    const socket = connect(Number(sink.address.split(":")[1]), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(nonsense);
    await once(socket, "close");
  }
  expect(observations).toEqual([]);
  await sink.close();
});

async function openSink() {
  const observations: Observation[] = [];
  const sink = await openEffectSink({ record: (observation) => observations.push(observation) });
  return { sink, observations };
}

/** Passes requests on, but hangs up instead of passing on the first answer. */
async function openForgetfulRelay(address: string) {
  let connections = 0;
  const server = createServer((socket) => {
    const forgets = ++connections === 1;
    const upstream = connect(Number(address.split(":")[1]), "127.0.0.1");
    socket.on("error", () => {});
    socket.pipe(upstream);
    void (async () => {
      for await (const line of linesOf(upstream)) {
        if (forgets) break;
        socket.write(`${line}\n`);
      }
      socket.destroy();
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = (server.address() as { port: number }).port;
  const close = async (): Promise<void> => void (await new Promise((resolve) => server.close(resolve)));
  return { address: `127.0.0.1:${port}`, connections: () => connections, close };
}
