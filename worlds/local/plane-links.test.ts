import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { systemClock, type Observation } from "../../core/mod.ts";
import { readHealth } from "../../loadgen/mod.ts";
import { fastTuning } from "../../reference/config/config.ts";
import { useToxiproxy } from "../../test/needed-program.ts";
import { entryPath } from "./entry-path.ts";
import { bootStubs, type StubWorld } from "./stub/stub-world.test-support.ts";

const patience = { timeout: 30_000, interval: 100 };

/** The faults of links are worth nothing if a replica has another way to its servers: so each is asked itself. */
describe("a replica of the reference plane", () => {
  const toxiproxy = useToxiproxy();
  let plane: StubWorld;
  beforeAll(async () => {
    if (!toxiproxy.isThere) return;
    plane = await bootStubs({
      cluster: { gateways: 1, schedulers: 1, workflows: 1, workers: 1 },
      replicaEntry: entryPath("replica-main", import.meta.url),
      variables: { ...fastTuning(), CORDUM_API_KEYS: "key:tenant" },
      links: true,
    });
  }, 60_000);
  afterAll(async () => {
    if (toxiproxy.isThere) await plane[Symbol.asyncDispose]();
  });

  const links = ["gateway-1", "scheduler-1", "workflow-1", "worker-1"].flatMap((from) => [
    { from, to: "redis" },
    { from, to: "nats" },
  ]);

  test.each(links)("$from, cut off from $to and nothing else, says so, until that is healed", async (link) => {
    await untilWell(link.from);
    const cut = await plane.world.disturb(link, { kind: "cut" });
    await expect.poll(() => healthOf(link.from), patience).toMatchObject({ healthy: false, without: [link.to] });
    await cut.heal();
    await untilWell(link.from);
  });

  test("scheduler-1 measures how far away Redis is", async () => {
    await untilWell("scheduler-1");
    const far = await plane.world.disturb({ from: "scheduler-1", to: "redis" }, { kind: "delay", ms: 60, jitterMs: 0 });
    // A timer may fire a moment early; and on a busy machine a ping is given up.
    await expect.poll(() => pingOf("scheduler-1"), patience).toBeGreaterThanOrEqual(119);
    await far.heal();
  });

  async function untilWell(id: string): Promise<void> {
    await expect.poll(() => healthOf(id), patience).toMatchObject({ healthy: true, without: [] });
  }

  async function pingOf(id: string): Promise<number> {
    const health = await healthOf(id);
    return (health?.kind === "health-read" ? health.redisPingMs : undefined) ?? 0;
  }

  /** As the probes of a trial read it: past every link. */
  async function healthOf(id: string): Promise<Observation | undefined> {
    let health: Observation | undefined;
    const asked = plane.world.replicas().filter((replica) => replica.id === id);
    const witness = { record: (event: Observation) => void (health = event) };
    await readHealth(asked, { clock: systemClock(), witness, timeoutMs: 20_000 });
    return health;
  }
});
