import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { useRedis } from "../servers.ts";
import { accepted } from "./lua/accepted.ts";
import { engineArm, serverArm, type ScriptArm } from "./lua/arms.ts";
import { differencesOf, explore } from "./lua/compare.ts";
import { planeCommands, withoutTime } from "./lua/plane-scripts.ts";
import { snippets } from "./lua/snippets/all.ts";

const real = useRedis();
const scripts = Number(process.env["SEATRIAL_CONFORMANCE"] ?? 2_000);
const seed = Number(process.env["SEATRIAL_CONFORMANCE_SEED"] ?? 1);

let server: ScriptArm;
const engine = engineArm();

beforeAll(async () => {
  server = await serverArm(real.server.port);
});
afterAll(() => {
  server.close();
});

describe("scripts are answered byte for byte as by Redis", () => {
  test.each(Object.entries(snippets))("%s", async (_, some) => {
    expect(some.length).toBeGreaterThan(50);
    expect(await differencesOf(server, engine, some)).toEqual([]);
  });

  test("the plane's own, through the lives of a job and a run", async () => {
    const [theirs, ours] = await Promise.all([server.send(planeCommands), engine.send(planeCommands)]);
    expect(ours.map(withoutTime)).toEqual(theirs.map(withoutTime));
    const errors = theirs.filter((reply) => reply.startsWith("-"));
    expect(errors).toEqual([expect.stringContaining("Expected value but found invalid token at character 1")]);
  });

  test(`${scripts} random ones`, { timeout: 60_000 + scripts * 2 }, async () => {
    expect(await explore(server, engine, { scripts, seed })).toEqual([]);
  });
});

describe("the comparison", () => {
  test("sees one byte that differs, and makes the script small", async () => {
    const broken: ScriptArm = {
      ...engine,
      send: async (commands) => (await engine.send(commands)).map((reply) => reply.replaceAll("boolean", "Boolean")),
    };
    const [found] = await explore(server, broken, { scripts: 2_000, seed: 1 });
    expect(found?.redis).toContain("boolean");
    expect(found?.script.length).toBeLessThan(350);
  });

  test.each(accepted.map((each) => [each.what, each] as const))("still needs to accept that %s", async (_, each) => {
    const differences = await differencesOf(server, engine, each.scripts);
    expect(differences.map(({ script }) => script)).toEqual(each.scripts);
  });
});
