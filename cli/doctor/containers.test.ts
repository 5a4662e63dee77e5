import { expect, test } from "vitest";

import { containerPrograms } from "./containers.ts";
import { examine } from "./examine.ts";
import { fakeMachine } from "./fake-machine.test-support.ts";
import type { Machine } from "./machine.ts";
import { isUsable, type Tool } from "./program.ts";

test("an engine that answers is usable, whoever runs it", async () => {
  const machine = answering(fakeMachine({ installed: ["docker"] }), { version: "28.2.2\n" });
  expect(await look("docker", machine)).toEqual({ path: "/fake/docker", version: "28.2.2" });
});

test("without one, root can start its own if the program is there, and nobody else can", async () => {
  const silent = (isRoot: boolean, installed: readonly string[]): Machine =>
    answering(fakeMachine({ installed, isRoot }), {});
  expect(await look("docker", silent(true, ["docker", "dockerd"]))).toEqual({
    path: "/fake/dockerd",
    version: "1.2.3",
  });
  for (const machine of [silent(false, ["docker", "dockerd"]), silent(true, ["docker"])]) {
    const tool = await look("docker", machine);
    expect(tool).toMatchObject({ trouble: "no engine answers" });
    expect(isUsable(tool)).toBe(false);
  }
  expect(await look("docker", silent(true, []))).toEqual({});
});

test("compose is the plugin of docker, or a program of its own", async () => {
  const plugin = answering(fakeMachine({ installed: ["docker"] }), { "--short": "2.39.1" });
  expect(await look("docker-compose", plugin)).toEqual({ path: "/fake/docker", version: "2.39.1" });
  const program = answering(fakeMachine({ installed: ["docker", "docker-compose"] }), {});
  expect(await look("docker-compose", program)).toEqual({ path: "/fake/docker-compose", version: "1.2.3" });
  expect(await look("docker-compose", answering(fakeMachine({ installed: ["docker"] }), {}))).toEqual({});
});

/** A machine on which commands that hold one of these words answer so, and all others fail. */
function answering(machine: Machine, answers: Readonly<Record<string, string>>): Machine {
  return {
    ...machine,
    run: async (command) => {
      const found = Object.entries(answers).find(([word]) => command.includes(word));
      return found ? { ok: true, output: found[1].trim() } : { ok: false, output: "no such thing" };
    },
  };
}

function look(name: string, machine: Machine): Promise<Tool> {
  const program = containerPrograms.find((each) => each.name === name);
  if (!program) throw new Error(`nobody looks for ${name}`);
  return examine(program, machine);
}
