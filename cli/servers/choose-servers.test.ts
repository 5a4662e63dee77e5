import { expect, test } from "vitest";

import { fakeMachine } from "../doctor/fake-machine.test-support.ts";
import { chooseServers } from "./choose-servers.ts";

async function choose(word: string, installed: readonly string[], world = "local") {
  const told: string[] = [];
  const context = { progress: { step: (line: string) => void told.push(line) }, machine: fakeMachine({ installed }) };
  return { servers: await chooseServers(word, world, context), told };
}

test("auto takes the real servers where both are there, and says which", async () => {
  const { servers, told } = await choose("auto", ["redis-server", "nats-server"]);
  expect(servers).toBe("real");
  expect(told).toEqual(["servers: redis-server 1.2.3 and nats-server 1.2.3"]);
});

test.each([
  [["redis-server"], "nats-server is not to be had"],
  [[], "redis-server and nats-server are not to be had"],
])("with only %j installed, auto takes the embedded ones, and says why", async (installed, because) => {
  const { servers, told } = await choose("auto", installed);
  expect(servers).toBe("embedded");
  expect(told).toEqual([expect.stringMatching(new RegExp(`embedded stand-ins, in memory.*${because}`))]);
});

test("a program that does not run is as good as missing", async () => {
  const machine = fakeMachine({ installed: ["redis-server", "nats-server"], broken: ["redis-server"] });
  const servers = await chooseServers("auto", "local", { progress: { step: () => undefined }, machine });
  expect(servers).toBe("embedded");
});

test("a choice is a choice, whatever is installed, and nothing is told about it", async () => {
  expect(await choose("real", [])).toEqual({ servers: "real", told: [] });
  expect(await choose("embedded", ["redis-server", "nats-server"])).toEqual({ servers: "embedded", told: [] });
});

test("a world that brings its own servers has nothing to choose from", async () => {
  expect(await choose("auto", [], "compose")).toEqual({ servers: "real", told: [] });
});

test("any other word is a mistake that names the words there are", async () => {
  await expect(choose("fake", [])).rejects.toMatchObject({ exitCode: 2, hint: "use --servers real, embedded or auto" });
});
