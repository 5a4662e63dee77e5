import { expect, test } from "vitest";

import { examineServers } from "./examine.ts";
import { fakeMachine } from "./fake-machine.test-support.ts";
import { obtainServers } from "./obtain.ts";

const quietly = { progress: (): void => undefined };
const update = "env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60 update";
const install = (name: string): string =>
  `env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60 install --yes --no-install-recommends ${name}`;

test("servers that are there are left alone", async () => {
  const machine = fakeMachine({ installed: ["redis-server", "nats-server", "apt-get"] });
  await obtainServers({ ...quietly, machine });
  expect(machine.commands).toEqual([]);
});

test("root installs what is missing with apt-get, after one update", async () => {
  const machine = fakeMachine({ installed: ["apt-get"], isRoot: true });
  await obtainServers({ ...quietly, machine });
  expect(machine.commands).toEqual([update, install("redis-server"), install("nats-server")]);
});

test("a lists' update that fails does not keep apt-get from trying", async () => {
  const machine = fakeMachine({ installed: ["apt-get"], isRoot: true, failing: { update: "no network" } });
  await obtainServers({ ...quietly, machine });
  expect(machine.commands.at(-1)).toBe(install("nats-server"));
});

test("who is not root installs with sudo, if it asks no password", async () => {
  const machine = fakeMachine({ installed: ["apt-get", "sudo", "nats-server"] });
  await obtainServers({ ...quietly, machine });
  expect(machine.commands).toEqual(["sudo -n true", `sudo -n ${update}`, `sudo -n ${install("redis-server")}`]);
});

test("a service that came with the package is turned off, and one that was there is not", async () => {
  const fresh = fakeMachine({ installed: ["apt-get", "nats-server"], isRoot: true, hasSystemd: true });
  await obtainServers({ ...quietly, machine: fresh });
  expect(fresh.commands.at(-1)).toBe("systemctl disable --now redis-server");

  const old = fakeMachine({ installed: ["apt-get", "nats-server"], isRoot: true, services: ["redis-server"] });
  await obtainServers({ ...quietly, machine: old });
  expect(old.commands.filter((command) => command.includes("disable"))).toEqual([]);
});

test("where apt-get does not help, Homebrew does", async () => {
  const machine = fakeMachine({ installed: ["brew"] });
  await obtainServers({ ...quietly, machine });
  expect(machine.commands).toEqual(["brew install redis", "brew install nats-server"]);
});

test("where nothing else helps, Go builds NATS into the project's own folder", async () => {
  const machine = fakeMachine({ installed: ["redis-server", "go"] });
  const lines: string[] = [];
  await obtainServers({ progress: (line) => lines.push(line), machine });
  expect(machine.commands).toEqual([
    expect.stringMatching(/^go install github\.com\/nats-io\/nats-server\/v2@v[\d.]+$/),
  ]);
  expect(lines).toEqual([
    "nats-server is missing: trying apt-get",
    "nats-server is missing: trying brew",
    "nats-server is missing: trying go install",
    "nats-server is there now, by go install",
  ]);
});

test("when nothing helps, the error names every way and why it failed, and what to do", async () => {
  const failing = { "apt-get": "E: Unable to locate package", brew: "no such formula" };
  const machine = fakeMachine({ installed: ["apt-get", "brew"], isRoot: true, failing });
  await expect(obtainServers({ ...quietly, machine })).rejects.toMatchObject({
    code: "servers_missing",
    message:
      "[servers_missing] Cannot obtain redis-server (apt-get: E: Unable to locate package; brew: no such formula; " +
      "go install: cannot build redis-server, which is not written in Go), nor nats-server " +
      "(apt-get: E: Unable to locate package; brew: no such formula; go install: needs Go, which is not on this machine)",
    hint: expect.stringContaining(".seatrial/bin") as string,
  });
});

test("a program that is there but does not run is obtained again", async () => {
  const machine = fakeMachine({ installed: ["redis-server", "nats-server", "brew"], broken: ["nats-server"] });
  await obtainServers({ ...quietly, machine });
  expect(machine.commands).toEqual(["brew install nats-server"]);
});

test("an examination tells where each server is and which version, or that it is missing", async () => {
  const machine = fakeMachine({ installed: ["redis-server"] });
  expect(await examineServers(machine)).toEqual([
    { name: "redis-server", path: "/fake/redis-server", version: "1.2.3" },
    { name: "nats-server" },
  ]);
});
