import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { scheduler, setTimeout as sleep } from "node:timers/promises";
import { runInThisContext } from "node:vm";
import { Worker } from "node:worker_threads";

import { expect, test } from "vitest";

import { fencedCalls } from "./fenced-calls.ts";
import { Kernel } from "./kernel.ts";
import type { Realm, RealmEnd } from "./realm.ts";

/** Runs code in a realm of its own, and tells how the realm and the run ended. */
async function trespass(act: (realm: Realm) => unknown): Promise<{ run: string; end: RealmEnd | undefined }> {
  const kernel = new Kernel({ seed: "1" });
  let end: RealmEnd | undefined;
  const run = await kernel
    .run(async () => {
      const realm = kernel.realm("gateway-1");
      realm.onDeath((how) => (end = how));
      kernel.enter(realm, "act", () => void act(realm));
      await kernel.clock.sleep(10);
      return "went on";
    })
    .catch(String);
  return { run, end };
}

const names = fencedCalls().map(({ name }) => name);

test("what is fenced in is what a reader would look for", () => {
  expect(names).toEqual(
    expect.arrayContaining([
      ...["setTimeout", "setInterval", "setImmediate", "timers/promises.setTimeout", "AbortSignal.timeout"],
      ...["Date.now", "new Date()", "performance.now", "process.hrtime", "process.hrtime.bigint", "Math.random"],
      ...["crypto.randomUUID", "crypto.getRandomValues", "crypto.randomBytes", "crypto.scrypt"],
      ...["fetch", "net.connect", "net.createServer", "http.request", "https.get", "dns.lookup", "dns.promises.lookup"],
      ...["fs.readFile", "fs.createReadStream", "fs.promises.writeFile", "zlib.gzip"],
      ...["scheduler.wait", "scheduler.yield", "process.uptime", "process.cpuUsage", "performance.timeOrigin"],
      ...["crypto.subtle.digest", "crypto.subtle.generateKey", "WebSocket"],
      ...["MessageChannel", "BroadcastChannel", "worker_threads.MessageChannel", "worker_threads.Worker"],
      ...["child_process.spawn", "child_process.fork", "process.exit"],
    ]),
  );
});

test.each(fencedCalls().map(({ name, owner, key, instead }) => ({ name, owner, key, instead })))(
  "$name is stopped, and ends its realm and the run",
  async ({ name, owner, key, instead }) => {
    const { run, end } = await trespass(() => Reflect.apply(Reflect.get(owner, key) as () => unknown, owner, []));
    expect(run).toBe(`SeatrialError: [simulation_fence] gateway-1 called ${name}: ${instead}`);
    expect(end).toMatchObject({ why: "crashed", error: { code: "simulation_fence" } });
  },
);

test.each([
  ["crypto.randomUUID", () => randomUUID()],
  ["fs.promises.readFile", () => readFile("/dev/null")],
  ["net.connect", () => connect(1)],
  ["timers/promises.setTimeout", () => sleep(1)],
  ["new Date()", () => new Date()],
  ["scheduler.wait", () => scheduler.wait(1)],
  ["worker_threads.Worker", () => new Worker("", { eval: true })],
  ["MessageChannel", () => new MessageChannel()],
  ["crypto.subtle.digest", () => crypto.subtle.digest("SHA-256", new Uint8Array(1))],
  ["performance.timeOrigin", () => performance.timeOrigin],
  ["crypto.getRandomValues", () => crypto.getRandomValues(new Uint8Array(4))],
])("%s is stopped also where it was imported by name", async (name, act) => {
  expect((await trespass(act)).run).toContain(`gateway-1 called ${name}: `);
});

test("whoever catches the error does not get away with it, nor whoever calls after a wait", async () => {
  const caught = await trespass(() => {
    try {
      Math.random();
    } catch {
      // Just what a careless library would do.
    }
  });
  expect(caught.run).toContain("called Math.random: take the Random");
  const later = await trespass(async ({ clock }) => {
    await clock.sleep(5);
    return Date.now();
  });
  expect(later.run).toContain("called Date.now: take the Clock");
});

/** A library that calls a thousand times what it may, and code that calls the same next. */
async function afterTrustedCalls(rogue: () => unknown): Promise<string> {
  const trusted = [{ name: "vouched", mayCall: ["Date.now", "performance.now", "setImmediate"] }];
  const kernel = new Kernel({ seed: "1", trusted });
  const library = runInThisContext(trustedCode, "/node_modules/vouched/index.js") as (times: number) => void;
  return kernel
    .run(async () => {
      kernel.enter(kernel.realm("gateway-1"), "act", () => {
        library(999);
        rogue();
      });
      await kernel.clock.sleep(10);
      return "went on";
    })
    .catch(String);
}

const trustedCode = `(times) => {
  for (let time = 0; time < times; time++) {
    Date.now();
    performance.now();
    setImmediate(() => {});
  }
}`;

test.each([
  ["Date.now", () => Date.now()],
  ["performance.now", () => performance.now()],
  ["setImmediate", () => setImmediate(() => undefined)],
])("each call is asked: the thousandth of %s is stopped when no trusted library makes it", async (name, rogue) => {
  expect(await afterTrustedCalls(() => undefined)).toBe("went on");
  expect(await afterTrustedCalls(rogue)).toContain(`gateway-1 called ${name}: take the Clock`);
});

test("a date that is made of a number is no clock", async () => {
  let seen = "";
  const { run } = await trespass(() => (seen = `${new Date(0).toISOString()} ${new Date(1) instanceof Date}`));
  expect([run, seen]).toEqual(["went on", "1970-01-01T00:00:00.000Z true"]);
});

test("the world's own code, and what comes back from outside of the simulation, call what they like", async () => {
  const kernel = new Kernel({ seed: "1" });
  await kernel.run(async () => {
    const realm = kernel.realm("gateway-1");
    expect([typeof Date.now(), typeof Math.random()]).toEqual(["number", "number"]);
    const loaded = Promise.withResolvers<string>();
    kernel.enter(realm, "load", () => {
      void kernel.outside(load()).then(loaded.resolve, loaded.reject);
    });
    expect(await loaded.promise).toBe("loaded");
  });
});

test("everything is put back after a run, however it ends, also where it was imported by name", async () => {
  const before = fencedCalls().map(({ owner, key }) => Object.getOwnPropertyDescriptor(owner, key));
  const imported = [randomUUID, readFile, connect, sleep];
  let during: unknown[] = [];
  await trespass(() => (during = [randomUUID, readFile, connect, sleep]));
  await trespass(() => Math.random());
  expect(fencedCalls().map(({ owner, key }) => Object.getOwnPropertyDescriptor(owner, key))).toEqual(before);
  expect([randomUUID, readFile, connect, sleep]).toEqual(imported);
  expect(during).not.toEqual(imported);
  expect(new Date()).toBeInstanceOf(Date);
});

async function load(): Promise<string> {
  // The first part of it runs in the realm, and has to be called from outside.
  await Promise.resolve();
  return "loaded";
}
