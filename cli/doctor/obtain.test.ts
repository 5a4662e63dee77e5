import { expect, test } from "vitest";

import { examineAll } from "./examine.ts";
import { fakeMachine } from "./fake-machine.test-support.ts";
import { obtain, type ObtainOptions } from "./obtain.ts";
import type { Program } from "./program.ts";
import type { Way } from "./ways/way.ts";

const quietly = { progress: (): void => undefined };
const obtainServers = (options: ObtainOptions): Promise<void> => obtain({ ...options, for: ["servers"] });
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
      "[servers_missing] Cannot obtain redis-server (apt-get: E: Unable to locate package; brew: no such formula), " +
      "nor nats-server " +
      "(apt-get: E: Unable to locate package; brew: no such formula; go install: needs Go, which is not on this machine)",
    hint: expect.stringContaining(".seatrial/bin") as string,
  });
});

test("a program that is there but does not run is obtained again", async () => {
  const machine = fakeMachine({ installed: ["redis-server", "nats-server", "brew"], broken: ["nats-server"] });
  await obtainServers({ ...quietly, machine });
  expect(machine.commands).toEqual(["brew install nats-server"]);
});

test("an examination tells where each program is and which version, or that it is missing", async () => {
  const machine = fakeMachine({ installed: ["redis-server"] });
  const findings = await examineAll(machine);
  expect(findings.slice(0, 3).map(({ program, tool }) => [program.name, tool])).toEqual([
    ["redis-server", { path: "/fake/redis-server", version: "1.2.3" }],
    ["nats-server", {}],
    ["toxiproxy-server", {}],
  ]);
});

test("Toxiproxy is built out of the way, since its module calls it `server`, and then gets its name", async () => {
  const machine = fakeMachine({ installed: ["go"] });
  await obtain({ ...quietly, machine, for: ["faults"] });
  const folder = `/project/.seatrial/bin/.building-toxiproxy-server-${process.pid}`;
  expect(machine.commands).toEqual([
    expect.stringMatching(/^go install -ldflags -X \S+Version=([\d.]+) \S+toxiproxy\S+server@v\1$/),
    `mv -f ${folder}/server /project/.seatrial/bin/toxiproxy-server`,
    `rm -rf ${folder}`,
  ]);
});

test("an optional program that cannot be had is told, and is no error", async () => {
  const lines: string[] = [];
  const machine = fakeMachine({ installed: [] });
  await obtain({ progress: (line) => lines.push(line), machine, for: ["faults"] });
  expect(lines.at(-1)).toBe(
    "Cannot obtain toxiproxy-server (brew: not on this machine; go install: needs Go, which is not on this machine): " +
      "scenarios with faults of the network must do without it",
  );
});

test("a program may have ways and an examination of its own", async () => {
  let works = false;
  const start: Way = {
    name: "starting it",
    obtain: () => {
      works = true;
      return Promise.resolve(undefined);
    },
  };
  const idle: Way = { name: "waiting", obtain: () => Promise.resolve(undefined) };
  const engine: Program = {
    name: "engine",
    for: "compose",
    required: false,
    neededBy: "containers",
    ways: [idle, start],
    examine: () => Promise.resolve({ path: "/e", version: "1", ...(works ? {} : { trouble: "it does not answer" }) }),
  };
  const lines: string[] = [];
  const machine = fakeMachine({ installed: [] });
  await obtain({ progress: (line) => lines.push(line), machine, programs: [engine] });
  expect(lines.at(-1)).toBe("engine is there now, by starting it");
  works = false;
  await obtain({ progress: (line) => lines.push(line), machine, programs: [{ ...engine, ways: [idle] }] });
  expect(lines.at(-1)).toContain("waiting: went well, but it does not answer");
});
