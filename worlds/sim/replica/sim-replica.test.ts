import { describe, expect, test } from "vitest";

import type { ReplicaEvent, SetTrap, Trap } from "../../../core/mod.ts";
import type { Running } from "../../../reference/running.ts";
import type { Realm } from "../../../sim/mod.ts";
import type { TrapBoard } from "../../inside/trap-board.ts";
import { simulated, type Bench } from "../kernel.test-support.ts";
import { MemoryHistory } from "../witness/memory-history.ts";
import type { LifeOptions } from "./replica-life.ts";
import { SimReplica } from "./sim-replica.ts";

const bootMs = 10;
const stopWithinMs = 1_000;

interface OnTrial extends Bench {
  readonly replica: SimReplica;
  /** The realm of its last life. */
  realm(): Realm | undefined;
  /** Ticks of all of its lives: one each 100 ms, through the call `clock.tick` of its port. */
  readonly ticks: number[];
  /** Its states, as they were recorded. */
  phases(): string[];
}

/** A replica that boots for 10 ms, ticks each 100 ms, and takes `drainMs` to stop. */
function onTrial<Value>(use: (trial: OnTrial) => Promise<Value>, drainMs = 50): Promise<Value> {
  return simulated(async (bench) => {
    const { kernel } = bench;
    const history = new MemoryHistory(kernel);
    const ticks: number[] = [];
    let last: Realm | undefined;
    const start: LifeOptions["start"] = async (realm, board) => {
      last = realm;
      await realm.clock.sleep(bootMs);
      return ticking(realm, board, () => ticks.push(kernel.now()), drainMs);
    };
    const witness = history.witness("harness");
    const replica = new SimReplica("worker-1", "worker", { kernel, witness, start, stopWithinMs });
    await replica.start();
    const phases = (): string[] => history.events.map((event) => phaseOf(event as ReplicaEvent));
    return use({ ...bench, replica, realm: () => last, ticks, phases });
  });
}

function ticking({ clock }: Realm, board: TrapBoard, tick: () => void, drainMs: number): Running {
  board.declare("clock.tick");
  const call = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(100);
      await board.pass("clock.tick", () => Promise.resolve(tick()));
    }
  };
  void call();
  return { url: "http://worker-1", stop: () => clock.sleep(drainMs) };
}

function phaseOf({ phase, exitCode, signal }: ReplicaEvent): string {
  return [phase, exitCode, signal].filter((part) => part !== undefined).join(" ");
}

const trap = (action: Trap["action"], when: Trap["when"]): Trap => ({ call: "clock.tick", nth: 2, action, when });

describe("a simulated replica", () => {
  test("boots, runs, and stops gracefully", async () => {
    const [phases, stoppedAt] = await onTrial(async ({ kernel, replica, phases: told }) => {
      await kernel.clock.sleep(250);
      await replica.stop();
      return [told(), kernel.now()] as const;
    });
    expect(phases).toEqual(["starting", "ready", "stopping", "exited 0"]);
    expect(stoppedAt).toBeCloseTo(bootMs + 250 + 50);
  });

  test("is killed when it does not stop within its budget", async () => {
    const phases = await onTrial(async ({ replica, phases: told }) => {
      await replica.stop();
      return told();
    }, 60_000);
    expect(phases).toEqual(["starting", "ready", "stopping", "exited SIGKILL"]);
  });

  test("does nothing more once it is killed, and starts anew under its name", async () => {
    const [ticks, phases] = await onTrial(async ({ kernel, replica, ticks: seen, phases: told }) => {
      await kernel.clock.sleep(250);
      await replica.kill();
      await kernel.clock.sleep(1_000);
      const before = seen.length;
      await replica.start();
      await kernel.clock.sleep(150);
      return [[before, seen.length], told()] as const;
    });
    expect(ticks).toEqual([2, 3]);
    expect(phases).toEqual(["starting", "ready", "exited SIGKILL", "starting", "ready"]);
  });

  test("stands still while it is paused", async () => {
    const [ticks, phases] = await onTrial(async ({ kernel, replica, ticks: seen, phases: told }) => {
      await kernel.clock.sleep(250);
      replica.pause();
      await kernel.clock.sleep(1_000);
      const meanwhile = seen.length;
      replica.resume();
      await kernel.clock.sleep(1);
      return [[meanwhile, seen.length], told()] as const;
    });
    expect(ticks).toEqual([2, 3]);
    expect(phases).toEqual(["starting", "ready", "paused", "resumed"]);
  });

  test("dies of an exception that nobody catches, with exit code 1, and alone", async () => {
    const [phases, ticks] = await onTrial(async ({ kernel, realm, ticks: seen, phases: told }) => {
      realm()?.clock.after(150, () => {
        throw new Error("a bug of the plane");
      });
      await kernel.clock.sleep(1_000);
      return [told(), seen.length] as const;
    });
    expect(phases).toEqual(["starting", "ready", "exited 1"]);
    expect(ticks).toBe(1);
  });

  test("cannot be acted on in a state that does not allow it", async () => {
    await onTrial(async ({ replica }) => {
      await replica.kill();
      expect(() => replica.pause()).toThrow("Cannot pause worker-1: it is exited");
      await expect(replica.kill()).rejects.toThrow("it is exited");
    });
  });
});

describe("a trap in a simulated replica", () => {
  test("that kills before a call: it is never made", async () => {
    const [ticks, phases] = await onTrial(async ({ kernel, replica, ticks: seen, phases: told }) => {
      await replica.setTrap(trap("kill", "before")).sprung;
      await kernel.clock.sleep(1_000);
      return [seen.length, told()] as const;
    });
    expect(ticks).toBe(1);
    expect(phases).toEqual(["starting", "ready", "exited SIGKILL"]);
  });

  test("that kills after a call: it was made", async () => {
    const ticks = await onTrial(async ({ replica, ticks: seen }) => {
      await replica.setTrap(trap("kill", "after")).sprung;
      return seen.length;
    });
    expect(ticks).toBe(2);
  });

  test("that pauses before a call: it is made when the replica goes on", async () => {
    const ticks = await onTrial(async ({ kernel, replica, ticks: seen }) => {
      await replica.setTrap(trap("pause", "before")).sprung;
      await kernel.clock.sleep(500);
      const meanwhile = seen.length;
      replica.resume();
      await kernel.clock.sleep(1);
      return [meanwhile, seen.length];
    });
    expect(ticks).toEqual([1, 2]);
  });

  test("that stops: the call is made, and the replica leaves gracefully", async () => {
    const phases = await onTrial(async ({ kernel, replica, phases: told }) => {
      await replica.setTrap(trap("stop", "before")).sprung;
      await kernel.clock.sleep(200);
      return told();
    });
    expect(phases).toEqual(["starting", "ready", "stopping", "exited 0"]);
  });

  test("that kills has sprung, and no other: neither one that was never called nor one that was removed", async () => {
    const sprung = await onTrial(async ({ kernel, replica }) => {
      const told: string[] = [];
      const set = (name: string, nth: number): SetTrap => {
        const one = replica.setTrap({ ...trap("kill", "before"), nth });
        void one.sprung.then(() => told.push(name));
        return one;
      };
      const removed = set("removed", 2);
      set("never called", 3);
      set("the one", 2);
      await removed.remove();
      await kernel.clock.sleep(1_000);
      return told;
    });
    expect(sprung).toEqual(["the one"]);
  });

  test("is gone when it is removed, and refused when its call has no such name", async () => {
    const ticks = await onTrial(async ({ kernel, replica, ticks: seen }) => {
      await replica.setTrap(trap("kill", "before")).remove();
      expect(() => replica.setTrap({ ...trap("kill", "before"), call: "clock.tock" })).toThrow("clock.tick");
      await kernel.clock.sleep(450);
      return seen.length;
    });
    expect(ticks).toBe(4);
  });
});
