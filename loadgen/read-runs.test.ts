import { describe, expect, test } from "vitest";

import { systemClock } from "../core/mod.ts";
import { deadUrl, fakeGateway, memoryWitness } from "./fake-gateway.test-support.ts";
import { awaitRuns, readRuns } from "./read-runs.ts";

const clock = systemClock();
const apiKey = (client: string): string => `key of ${client}`;
const ofShop = (run: string) => ({ run, workflow: "order", client: "shop" });
const done = {
  status: 200,
  body: { state: "succeeded", cause: null, steps: { ship: { state: "succeeded", attempt: 2 } } },
};
const told = { state: "succeeded", steps: { ship: { state: "succeeded", attempt: 2 } } };

describe("readRuns", () => {
  test("reads every run through every gateway, with the key of whoever started it", async () => {
    await using one = await fakeGateway("gateway-1", () => done);
    await using two = await fakeGateway("gateway-2", () => done);
    const witness = memoryWitness();
    const runs = [ofShop("a"), { ...ofShop("b"), client: "other" }];
    expect(await readRuns(runs, { gateways: [one, two], apiKey, clock, witness, withinMs: 5_000 })).toEqual([]);
    expect(two.seen.map(({ path, headers }) => [path, headers["x-api-key"]])).toEqual([
      ["/api/v1/workflow-runs/a", "key of shop"],
      ["/api/v1/workflow-runs/b", "key of other"],
    ]);
    expect(witness.seen).toHaveLength(4);
    expect(witness.seen[0]).toEqual({ kind: "run-read", run: "a", workflow: "order", via: "gateway-1", ...told });
  });

  test("tries again when a gateway cannot tell, and writes a missing run down", async () => {
    await using gateway = await fakeGateway("gateway-1", (_, index) => ({ status: index === 0 ? 503 : 404 }));
    const witness = memoryWitness();
    expect(await readRuns([ofShop("a")], { gateways: [gateway], apiKey, clock, witness, withinMs: 5_000 })).toEqual([]);
    expect(witness.seen).toEqual([
      { kind: "run-read", run: "a", workflow: "order", via: "gateway-1", state: "missing" },
    ]);
  });

  test("names the runs that some gateway could not tell about, and asks the others all the same", async () => {
    await using gateway = await fakeGateway("gateway-2", () => done);
    const gateways = [{ id: "gateway-1", url: await deadUrl() }, gateway];
    const witness = memoryWitness();
    expect(await readRuns([ofShop("a")], { gateways, apiKey, clock, witness, withinMs: 5_000 })).toEqual(["a"]);
    expect(witness.seen).toHaveLength(1);
  });
});

describe("awaitRuns", () => {
  test("waits until each has ended, and writes down the read that saw it", async () => {
    await using gateway = await fakeGateway("gateway-1", (_, index) =>
      index < 2 ? { status: 200, body: { state: "waiting" } } : done,
    );
    const witness = memoryWitness();
    expect(await awaitRuns([ofShop("a")], { gateways: [gateway], apiKey, clock, witness, withinMs: 10_000 })).toEqual(
      [],
    );
    expect(witness.seen).toEqual([{ kind: "run-read", run: "a", workflow: "order", via: "gateway-1", ...told }]);
  });

  test("names the runs that have not ended when the time is up", async () => {
    await using gateway = await fakeGateway("gateway-1", () => ({ status: 200, body: { state: "running" } }));
    const witness = memoryWitness();
    const runs = [ofShop("a"), ofShop("b")];
    expect(await awaitRuns(runs, { gateways: [gateway], apiKey, clock, witness, withinMs: 200 })).toEqual(["a", "b"]);
    expect(witness.seen).toEqual([]);
  });

  test.each(["succeeded", "failed", "cancelled", "timed_out"])("%s is an end", async (state) => {
    await using gateway = await fakeGateway("gateway-1", () => ({
      status: 200,
      body: { state, cause: "step_failed" },
    }));
    const witness = memoryWitness();
    expect(await awaitRuns([ofShop("a")], { gateways: [gateway], apiKey, clock, witness, withinMs: 5_000 })).toEqual(
      [],
    );
    expect(witness.seen).toMatchObject([{ state, cause: "step_failed" }]);
  });
});
