import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { EnvironmentError } from "../../../core/mod.ts";
import { freePort } from "../../../worlds/local/servers/free-port.ts";
import { startServer, type Server } from "../../../worlds/local/servers/server.ts";
import { busAt } from "./bus.test-support.ts";

let folder: string;
let guarded: Server;

/** Asks for a login, and has no JetStream. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-test-nats-"));
  guarded = await startServer(
    {
      name: "nats",
      binary: "nats-server",
      arguments: (port) => ["--addr", "127.0.0.1", "--port", `${port}`, "--user", "me", "--pass", "secret"],
      url: (port) => `nats://127.0.0.1:${port}`,
      saysReady: /Server is ready/,
    },
    folder,
  );
});

afterAll(async () => {
  await guarded.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function errorOf(promise: Promise<unknown>): Promise<EnvironmentError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(EnvironmentError);
  return thrown as EnvironmentError;
}

test("a server that is away at start is named, without the credentials", async () => {
  const port = await freePort();
  const error = await errorOf(busAt(`nats://me:secret@127.0.0.1:${port}`, {}, { startWithinMs: 300 }));
  expect(error.code).toBe("nats_away");
  expect(error.message).toContain(`nats://127.0.0.1:${port} `);
  expect(`${error.message} ${error.hint}`).not.toContain("secret");
});

test("a server that accepts and says nothing is away too", async () => {
  const mute = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => mute.once("listening", resolve));
  const { port } = mute.address() as AddressInfo;
  const error = await errorOf(busAt(`nats://127.0.0.1:${port}`, {}, { startWithinMs: 300 }));
  expect(error.code).toBe("nats_away");
  mute.close();
});

test("a wrong login is refused at once", async () => {
  const error = await errorOf(busAt(guarded.url.replace("//", "//me:wrong@"), {}, { startWithinMs: 50_000 }));
  expect(error.code).toBe("nats_refused");
  expect(error.message).not.toContain("wrong");
});

test("a server without JetStream is told apart at once", async () => {
  const error = await errorOf(busAt(guarded.url.replace("//", "//me:secret@"), {}, { startWithinMs: 50_000 }));
  expect(error.code).toBe("jetstream_off");
});
