import { describe, expect, test } from "vitest";

import { systemClock } from "../core/mod.ts";
import { deadUrl, fakeGateway, memoryWitness } from "./fake-gateway.test-support.ts";
import { readJobs } from "./read-jobs.ts";

const clock = systemClock();
const done = { status: 200, body: { state: "SUCCEEDED", epoch: 1, log: [] } };

describe("readJobs", () => {
  test("reads every job through every gateway", async () => {
    await using one = await fakeGateway("gateway-1", () => done);
    await using two = await fakeGateway("gateway-2", () => done);
    const witness = memoryWitness();
    expect(await readJobs(["a", "b/c"], { gateways: [one, two], apiKey: "key", clock, witness })).toEqual([]);
    expect(one.seen.map(({ path }) => path).toSorted()).toEqual(["/api/v1/jobs/a", "/api/v1/jobs/b%2Fc"]);
    expect(witness.seen).toHaveLength(4);
    expect(witness.seen).toContainEqual({
      kind: "job-read",
      job: "b/c",
      via: "gateway-2",
      state: "SUCCEEDED",
      epoch: 1,
      log: [],
    });
  });

  test("never reads one job twice at the same time", async () => {
    let reading = 0;
    const slow = async (): Promise<typeof done> => {
      expect((reading += 1)).toBe(1);
      await clock.sleep(5);
      reading -= 1;
      return done;
    };
    await using one = await fakeGateway("gateway-1", slow);
    await using two = await fakeGateway("gateway-2", slow);
    const witness = memoryWitness();
    await readJobs(["a"], { gateways: [one, two], apiKey: "key", clock, witness });
    expect(witness.seen).toHaveLength(2);
  });

  test("shares the jobs out when one gateway each is enough", async () => {
    await using one = await fakeGateway("gateway-1", () => done);
    await using two = await fakeGateway("gateway-2", () => done);
    const witness = memoryWitness();
    await readJobs(["a", "b", "c", "d"], { gateways: [one, two], apiKey: "key", clock, witness, via: "one" });
    expect([one.seen.length, two.seen.length]).toEqual([2, 2]);
  });

  test("tries again when a gateway cannot tell, and writes a missing job down", async () => {
    await using gateway = await fakeGateway("gateway-1", (_, index) => ({ status: index === 0 ? 503 : 404 }));
    const witness = memoryWitness();
    expect(await readJobs(["a"], { gateways: [gateway], apiKey: "key", clock, witness })).toEqual([]);
    expect(witness.seen).toEqual([{ kind: "job-read", job: "a", via: "gateway-1", state: "missing" }]);
  });

  test("names the jobs that it could not read", async () => {
    const gone = { id: "gateway-1", url: await deadUrl() };
    const witness = memoryWitness();
    const options = { gateways: [gone], apiKey: "key", clock, witness, withinMs: 300 };
    expect(await readJobs(["a", "b"], options)).toEqual(["a", "b"]);
    expect(witness.seen).toEqual([]);
  });
});
