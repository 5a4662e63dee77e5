import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { freePort } from "../../../worlds/local/servers/free-port.ts";
import { startServer, type Server } from "../../../worlds/local/servers/server.ts";
import { durableName } from "../../domain/subjects.ts";
import type { Consumption, Delivery, Disposition } from "../../ports/mod.ts";
import { OutcomeUnknown, Unavailable } from "../../ports/mod.ts";
import { busAt, managerAt, unusedSubject, whilePaused, type TestBus } from "./bus.test-support.ts";

const patient = { timeout: 30_000, interval: 20 };
const longWait = { NATS_JS_ACK_WAIT: "1h", NATS_PUBLISH_TIMEOUT: "50s" };

let folder: string;
let url: string;
let server: Server;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-test-nats-"));
  url = `nats://127.0.0.1:${await freePort()}`;
  server = await startHere();
});

afterEach(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server, again and again on the same port and with the same streams. */
function startHere(): Promise<Server> {
  const port = url.slice(url.lastIndexOf(":") + 1);
  const listening = ["--addr", "127.0.0.1", "--port", port, "--jetstream", "--store_dir", join(folder, "jetstream")];
  return startServer(
    {
      name: "nats",
      binary: "nats-server",
      arguments: () => listening,
      url: () => url,
      saysReady: /Server is ready/,
    },
    folder,
  );
}

async function loseServer(bus: TestBus): Promise<void> {
  await server.kill();
  await vi.waitFor(() => expect(bus.connected()).toBe(false), patient);
}

async function regainServer(bus: TestBus): Promise<void> {
  server = await startHere();
  await vi.waitFor(() => expect(bus.connected()).toBe(true), patient);
}

function consumeOn(
  bus: TestBus,
  subject: string,
  handler: (delivery: Delivery) => Promise<Disposition>,
): Promise<Consumption> {
  return bus.consume({ stream: "CORDUM_JOBS", subject, queue: "test", concurrency: 2 }, handler);
}

function noteInto(got: string[]): (delivery: Delivery) => Promise<Disposition> {
  return ({ body, deliveries }) => {
    got.push(`${body}#${deliveries}`);
    return Promise.resolve("done");
  };
}

async function consumerInfo(subject: string): Promise<{ num_ack_pending: number }> {
  await using manager = await managerAt(url);
  return await manager.consumers.info("CORDUM_JOBS", durableName("test", subject));
}

// The acknowledgements of the last moment die with a killed server, so that `before` may well come twice.
test("after a restart of the server, work and broadcasts go on by themselves", async () => {
  await using bus = await busAt(url, longWait);
  const subject = unusedSubject();
  const got = new Set<string>();
  const heard = new Set<string>();
  const noteBodies = ({ body }: Delivery): Promise<Disposition> => {
    got.add(body);
    return Promise.resolve("done");
  };
  bus.listen("sys.heartbeat", (body) => heard.add(body));
  await consumeOn(bus, subject, noteBodies);
  await bus.publish({ subject, body: "before" });
  await vi.waitFor(() => expect(got).toContain("before"), patient);
  for (const round of ["first", "second"]) {
    await loseServer(bus);
    await regainServer(bus);
    await bus.publish({ subject, body: round });
    bus.broadcast("sys.heartbeat", round);
    await vi.waitFor(() => expect(heard).toContain(round), patient);
  }
  await vi.waitFor(() => expect([...got]).toEqual(["before", "first", "second"]), patient);
  expect(bus.logged.filter((line) => line.includes('"reason":"the connection was lost"'))).toHaveLength(2);
});

test("while the server is away nothing is published, then or later", async () => {
  await using bus = await busAt(url, longWait);
  const subject = unusedSubject();
  await loseServer(bus);
  await expect(bus.publish({ subject, body: "refused" })).rejects.toBeInstanceOf(Unavailable);
  bus.broadcast(subject, "dropped");
  await regainServer(bus);
  await bus.publish({ subject, body: "stored" });
  await using manager = await managerAt(url);
  expect((await manager.streams.info("CORDUM_JOBS")).state.messages).toBe(1);
});

test("what has no receipt when the connection breaks is unknown at once", async () => {
  await using bus = await busAt(url, longWait);
  await whilePaused(server, async () => {
    const unanswered = bus.publish({ subject: unusedSubject(), body: "a" });
    await Promise.all([expect(unanswered).rejects.toBeInstanceOf(OutcomeUnknown), server.kill()]);
  });
});

test("work that ends during an outage is acknowledged after it, and not done again", async () => {
  await using bus = await busAt(url, longWait);
  const subject = unusedSubject();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const got: string[] = [];
  await consumeOn(bus, subject, async (delivery) => {
    const disposition = await noteInto(got)(delivery);
    await gate;
    return disposition;
  });
  await bus.publish({ subject, body: "a" });
  await vi.waitFor(() => expect(got).toEqual(["a#1"]), patient);
  await loseServer(bus);
  open();
  await regainServer(bus);
  await vi.waitFor(async () => expect((await consumerInfo(subject)).num_ack_pending).toBe(0), patient);
  expect(got).toEqual(["a#1"]);
});

test("a consumer that was deleted is made again", async () => {
  await using bus = await busAt(url, longWait);
  const subject = unusedSubject();
  const got: string[] = [];
  await consumeOn(bus, subject, noteInto(got));
  await bus.publish({ subject, body: "before" });
  await vi.waitFor(async () => expect((await consumerInfo(subject)).num_ack_pending).toBe(0), patient);
  await using manager = await managerAt(url);
  await manager.consumers.delete("CORDUM_JOBS", durableName("test", subject));
  await bus.publish({ subject, body: "after" });
  await vi.waitFor(() => expect(got).toContain("after#1"), patient);
  expect(bus.logged.join()).toContain('"reason":"409 Consumer Deleted"');
});

test("a server that stood still for longer than its heartbeats is pulled from again", async () => {
  await using bus = await busAt(url, longWait);
  const subject = unusedSubject();
  const got: string[] = [];
  await consumeOn(bus, subject, noteInto(got));
  await bus.publish({ subject, body: "before" });
  await vi.waitFor(() => expect(got).toEqual(["before#1"]), patient);
  process.kill(server.pid, "SIGSTOP");
  await vi.waitFor(() => expect(bus.logged.join()).toContain("the server has forgotten the request"), patient);
  process.kill(server.pid, "SIGCONT");
  await vi.waitFor(() => expect(bus.connected()).toBe(true), patient);
  await bus.publish({ subject, body: "after" });
  await vi.waitFor(() => expect(got).toEqual(["before#1", "after#1"]), patient);
});

test("a consumption and a bus can be left while the server is away", async () => {
  const bus = await busAt(url, longWait);
  const consumption = await consumeOn(bus, unusedSubject(), noteInto([]));
  await loseServer(bus);
  await consumption.stop();
  await bus.close();
  expect(bus.connected()).toBe(false);
});
