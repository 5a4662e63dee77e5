import { once } from "node:events";
import { connect, createServer, type Server as TcpServer, type Socket } from "node:net";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Disturbance } from "../../../core/mod.ts";
import { useToxiproxy } from "../../../test/needed-program.ts";
import { makeRunFolder } from "../run-folder.ts";
import type { Server } from "../servers/server.ts";
import { startReaper, type Reaper } from "../start-reaper.ts";
import { temporaryFolder } from "../stub/stub-world.test-support.ts";
import { openLinks, type Links } from "./links.ts";

/** Each test has a replica of its own, linked to a server that echoes what it is sent, and remembers it. */
const folder = temporaryFolder();
let echo: TcpServer;
let reaper: Reaper;
let links: Links;
let heard = "";
describe("links", () => {
  const toxiproxy = useToxiproxy();
  beforeAll(async () => {
    if (!toxiproxy.isThere) return;
    echo = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.on("data", (data) => {
        heard += data.toString();
        socket.write(data);
      });
    });
    echo.listen(0, "127.0.0.1");
    await once(echo, "listening");
    const address = echo.address();
    const server = { url: `redis://127.0.0.1:${typeof address === "object" ? address?.port : 0}` } as Server;
    reaper = await startReaper(folder.path);
    links = await openLinks({ redis: server, nats: server }, makeRunFolder(folder.path), reaper);
  });
  afterAll(async () => {
    if (!toxiproxy.isThere) return;
    await links.toxiproxy.kill();
    await reaper.done();
    echo.close();
    folder[Symbol.dispose]();
  });

  test("an undisturbed link brings bytes both ways", async () => {
    const client = await connected("scheduler-1");
    expect(await client.say("hello")).toBe("hello");
  });

  test("a cut closes connections and refuses new ones, until it is healed", async () => {
    const client = await connected("scheduler-2");
    const cut = await disturb("scheduler-2", { kind: "cut" });
    await client.closed;
    await expect(connected("scheduler-2")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await cut.heal();
    await cut.heal();
    expect(await (await connected("scheduler-2")).say("again")).toBe("again");
  });

  test("two disturbances add up, and each heal takes away its own", async () => {
    const first = await disturb("scheduler-3", { kind: "cut" });
    const second = await disturb("scheduler-3", { kind: "cut" });
    const slow = await disturb("scheduler-3", { kind: "delay", ms: 150, jitterMs: 0 });
    await first.heal();
    await expect(connected("scheduler-3")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await second.heal();
    const client = await connected("scheduler-3");
    expect(await tookAtLeast(300, () => client.say("slow"))).toBe(true);
    const slower = await disturb("scheduler-3", { kind: "delay", ms: 150, jitterMs: 0 });
    expect(await tookAtLeast(600, () => client.say("slower"))).toBe(true);
    await slow.heal();
    expect(await tookAtLeast(300, () => client.say("slow again"))).toBe(true);
    await slower.heal();
    expect(await client.say("done")).toBe("done");
  });

  test("a disturbed link leaves the others in peace", async () => {
    await links.connect("scheduler-4");
    const cut = await disturb("scheduler-5", { kind: "cut" });
    expect(await (await connected("scheduler-4")).say("here")).toBe("here");
    await cut.heal();
  });

  test.each(["blackhole", "loseReply"] as const)(
    "%s keeps the connection, takes new ones, and brings nothing back; healed, it closes what has a hole",
    async (kind) => {
      const replica = `worker-${kind}`;
      const old = await connected(replica);
      const hole = await disturb(replica, { kind });
      const fresh = await connected(replica);
      old.send(`${kind}-old`);
      fresh.send(`${kind}-new`);
      const arrives = kind === "loseReply";
      if (arrives) await expect.poll(() => heard).toContain(`${kind}-new`);
      expect(old.received() + fresh.received()).toBe("");
      await hole.heal();
      await Promise.all([old.closed, fresh.closed]);
      expect(old.received() + fresh.received()).toBe("");
      expect(heard.includes(`${kind}-old`)).toBe(arrives);
      expect(await (await connected(replica)).say("whole")).toBe("whole");
    },
  );

  test("a reset breaks a new connection with a TCP RST, and an old one, when something is sent on it", async () => {
    const old = await connected("gateway-1");
    const reset = await disturb("gateway-1", { kind: "reset" });
    const fresh = await connected("gateway-1");
    fresh.send("x");
    expect(await fresh.closed).toBe("ECONNRESET");
    old.send("x");
    await old.closed;
    await reset.heal();
    expect(await (await connected("gateway-1")).say("whole")).toBe("whole");
  });

  test("a throttle lets bytes pass no faster than its rate", async () => {
    const client = await connected("gateway-2");
    const throttle = await disturb("gateway-2", { kind: "throttle", bytesPerSecond: 20_000 });
    const text = "x".repeat(20_000);
    expect(await tookAtLeast(950, () => client.say(text))).toBe(true);
    await throttle.heal();
    expect(await client.say("fast")).toBe("fast");
  });

  test("a link that does not exist is refused, with those that are near", async () => {
    await links.connect("scheduler-1");
    const refused = links.disturb({ from: "scheduler-1", to: "reddis" }, { kind: "cut" });
    await expect(refused).rejects.toMatchObject({
      message: "[usage] There is no link from scheduler-1 to reddis",
      hint: expect.stringContaining("scheduler-1 to redis") as string,
    });
  });

  test("a Toxiproxy that is gone is an error, and no hang", async () => {
    using other = temporaryFolder();
    const gone = await openLinks({ redis: links.toxiproxy, nats: links.toxiproxy }, makeRunFolder(other.path), reaper);
    await gone.connect("scheduler-1");
    await gone.toxiproxy.kill();
    const cut = gone.disturb({ from: "scheduler-1", to: "redis" }, { kind: "cut" });
    await expect(cut).rejects.toMatchObject({ code: "toxiproxy_silent" });
  });
});

async function disturb(from: string, disturbance: Disturbance): ReturnType<Links["disturb"]> {
  await links.connect(from);
  return links.disturb({ from, to: "redis" }, disturbance);
}

/** A connection over a replica's link. `closed` tells the error's code, or `end`. */
async function connected(from: string) {
  await links.connect(from);
  const [host, port] = (links.addressOf({ from, to: "redis" }) ?? "").split(":");
  const socket = connect({ host: host ?? "", port: Number(port), noDelay: true });
  const text = collect(socket);
  const closed = endOf(socket);
  await once(socket, "connect");
  return {
    closed,
    received: () => text.received,
    send: (words: string) => void socket.write(words),
    async say(words: string) {
      text.received = "";
      socket.write(words);
      while (text.received.length < words.length) await once(socket, "data");
      return text.received;
    },
  };
}

function collect(socket: Socket): { received: string } {
  const text = { received: "" };
  socket.on("data", (data) => (text.received += data.toString()));
  return text;
}

function endOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
    socket.once("close", () => resolve("end"));
  });
}

async function tookAtLeast(limitMs: number, run: () => Promise<unknown>): Promise<boolean> {
  const startedAt = performance.now();
  await run();
  // A timer may fire a moment early.
  return performance.now() - startedAt >= limitMs - 5;
}
