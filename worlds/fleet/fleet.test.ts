import { expect, test } from "vitest";

import { systemClock, type Role } from "../../core/mod.ts";
import { Fleet, type FleetReplica } from "./fleet.ts";

interface Fake extends FleetReplica {
  state: FleetReplica["state"];
}

function fake(id: string, role: Role): Fake {
  const end = async (): Promise<void> => {};
  return { id, role, state: "ready", url: undefined, stop: end, kill: end };
}

async function fleetLedBy(leader: string | undefined, schedulers = 3): Promise<Fleet<Fake>> {
  const fleet = new Fleet<Fake>({
    create: fake,
    begin: async () => {},
    readLeader: async (replicas) => replicas.find(({ id }) => id === leader),
    clock: systemClock(),
    leaderWithinMs: 50,
  });
  await fleet.start({ gateways: 1, schedulers, workers: 0 });
  return fleet;
}

test("the leader and its followers are told apart, and who has exited follows nobody", async () => {
  const fleet = await fleetLedBy("scheduler-2");
  expect(await fleet.pick("scheduler.leader")).toEqual(["scheduler-2"]);
  expect(await fleet.pick("scheduler.follower")).toEqual(["scheduler-1", "scheduler-3"]);
  fleet.find("scheduler-3").state = "exited";
  expect(await fleet.pick("scheduler.follower")).toEqual(["scheduler-1"]);
});

test("a leader that is alone has no followers, and without a leader nobody follows", async () => {
  await expect((await fleetLedBy("scheduler-1", 1)).pick("scheduler.follower")).rejects.toThrow("scheduler-1 is alone");
  await expect((await fleetLedBy(undefined)).pick("scheduler.follower")).rejects.toThrow("no scheduler leads");
});

test("a selector that means nothing is told with the nearest that does", async () => {
  const fleet = await fleetLedBy("scheduler-1");
  await expect(fleet.pick("scheduler.folower")).rejects.toMatchObject({
    hint: expect.stringContaining("scheduler.follower"),
  });
});
