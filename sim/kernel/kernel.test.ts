import { expect, test } from "vitest";

import { systemClock } from "../../core/mod.ts";
import { Kernel } from "./kernel.ts";

test("virtual time moves from event to event, and takes no real time", async () => {
  const kernel = new Kernel({ seed: "1" });
  const hours: number[] = [];
  const result = await kernel.run(async () => {
    kernel.clock.after(3_600_000, () => hours.push(kernel.now()));
    kernel.clock.after(5, () => hours.push(kernel.now()));
    await kernel.clock.sleep(7_200_000);
    return "done";
  });
  expect([result, hours, kernel.now()]).toEqual(["done", [5, 3_600_000], 7_200_000]);
});

test("everything that an event makes ready happens before the next one, at the same moment", async () => {
  const kernel = new Kernel({ seed: "1" });
  const steps: string[] = [];
  await kernel.run(async () => {
    for (const name of ["a", "b"]) {
      kernel.at(10, name, () => {
        steps.push(`${name} begins`);
        process.nextTick(() => steps.push(`${name} ticks`));
        void (async () => {
          for (let turn = 0; turn < 20; turn++) await Promise.resolve();
          steps.push(`${name} ends`);
        })();
      });
    }
    await kernel.clock.sleep(20);
  });
  const [first, second] = steps[0] === "a begins" ? ["a", "b"] : ["b", "a"];
  expect(steps).toEqual([first, second].flatMap((name) => [`${name} begins`, `${name} ticks`, `${name} ends`]));
});

test("the seed decides which of several events of the same moment comes first, and a lane keeps its order", async () => {
  const orderOf = async (seed: string): Promise<string[]> => {
    const kernel = new Kernel({ seed });
    const order: string[] = [];
    await kernel.run(async () => {
      for (const number of [1, 2, 3]) {
        for (const lane of ["x", "y", "z"]) {
          kernel.at(10, "step", () => order.push(`${lane}${number}`), undefined, lane);
        }
      }
      await kernel.clock.sleep(20);
    });
    return order;
  };
  const orders = await inTurn(Array.from({ length: 12 }, (_, seed) => () => orderOf(`${seed}`)));
  for (const order of orders) {
    for (const lane of ["x", "y", "z"]) {
      expect(order.filter((step) => step.startsWith(lane))).toEqual([`${lane}1`, `${lane}2`, `${lane}3`]);
    }
  }
  const lanes = new Set(orders.map((order) => order.map((step) => step[0]).join("")));
  expect(lanes.size).toBeGreaterThan(3);
  expect(await orderOf("3")).toEqual(orders[3]);
});

test("a stream of chance is the same for the same label, and moves no other", () => {
  const [one, other] = [new Kernel({ seed: "1" }), new Kernel({ seed: "1" })];
  one.random("noise").next();
  expect(one.random("load").next()).toBe(other.random("load").next());
  expect(one.random("load").next()).not.toBe(one.random("faults").next());
  expect(one.random("load").next()).not.toBe(new Kernel({ seed: "2" }).random("load").next());
});

test("a cancelled event never happens, nor one of an infinite delay; one without a moment is a bug", async () => {
  const kernel = new Kernel({ seed: "1" });
  const happened: string[] = [];
  await kernel.run(async () => {
    const timer = kernel.clock.after(5, () => happened.push("cancelled"));
    timer.cancel();
    timer.cancel();
    kernel.clock.after(Infinity, () => happened.push("never"));
    await kernel.clock.sleep(10);
  });
  expect(happened).toEqual([]);
  expect(() => kernel.at(NaN, "step", () => undefined)).toThrow('world schedules "step" at no moment');
});

test("virtual time stands still while something outside happens", async () => {
  const kernel = new Kernel({ seed: "1" });
  const hours: number[] = [];
  await kernel.run(async () => {
    kernel.clock.every(1, () => hours.push(kernel.now()));
    await kernel.clock.sleep(3.5);
    const answer = await kernel.outside(
      systemClock()
        .sleep(20)
        .then(() => "loaded"),
    );
    expect([answer, kernel.now()]).toEqual(["loaded", 3.5]);
    await expect(kernel.outside(Promise.reject(new Error("not found")))).rejects.toThrow("not found");
    await kernel.clock.sleep(1);
  });
  expect(hours).toEqual([1, 2, 3, 4]);
});

test("several who wait outside go on in the order of their calls, each in its realm, whoever is done first", async () => {
  const kernel = new Kernel({ seed: "1" });
  const order: string[] = [];
  await kernel.run(async () => {
    const realm = kernel.realm("replica");
    const works = ["first", "second", "third"].map((name) => ({ name, ...Promise.withResolvers<void>() }));
    kernel.enter(realm, "wait", () => {
      for (const { name, promise } of works) {
        void kernel.outside(promise).then(() => order.push(`${kernel.current?.name} ${name}`));
      }
    });
    void finishBackwards(works);
    await kernel.clock.sleep(10);
  });
  expect(order).toEqual(["replica first", "replica second", "replica third"]);
});

test("what the process itself does in real time meanwhile is no realm's doing", async () => {
  const kernel = new Kernel({ seed: "1" });
  const seen: unknown[] = [];
  const look = systemClock().every(1, () => seen.push(kernel.current));
  await kernel.run(async () => {
    kernel.realm("replica").clock.every(1, () => undefined);
    while (seen.length < 3) await kernel.clock.sleep(100);
  });
  look.cancel();
  expect(new Set(seen)).toEqual(new Set([undefined]));
});

test("what happens outside while a realm dies is never heard of in it", async () => {
  const kernel = new Kernel({ seed: "1" });
  let heard = false;
  await kernel.run(async () => {
    const realm = kernel.realm("replica");
    kernel.enter(realm, "wait", () => {
      void kernel.outside(Promise.resolve()).then(() => (heard = true));
      realm.end({ why: "killed" });
    });
    await kernel.clock.sleep(10);
  });
  expect(heard).toBe(false);
});

test("a run that waits for what will never happen is stuck, and says when", async () => {
  const kernel = new Kernel({ seed: "1" });
  const stuck = kernel.run(async () => {
    await kernel.clock.sleep(12);
    await new Promise(() => undefined);
  });
  await expect(stuck).rejects.toMatchObject({
    code: "simulation_stuck",
    message: "[simulation_stuck] Nothing is left to happen after 12.000 ms of virtual time",
  });
});

test("a run that never moves on is endless", async () => {
  const kernel = new Kernel({ seed: "1", eventsMax: 1_000 });
  const again = (): void => void kernel.at(kernel.now(), "again", again);
  const endless = kernel.run(() => {
    again();
    return new Promise(() => undefined);
  });
  await expect(endless).rejects.toMatchObject({ code: "simulation_endless" });
});

test("what main throws, and what the world's own events throw or reject, ends the run", async () => {
  const thrower = (): never => {
    throw new Error("a bug");
  };
  const inMain = new Kernel({ seed: "1" }).run(() => Promise.reject(new Error("a bug")));
  await expect(inMain).rejects.toThrow("a bug");
  for (const act of [thrower, () => void Promise.reject(new Error("a bug")), () => process.nextTick(thrower)]) {
    const kernel = new Kernel({ seed: "1" });
    const run = kernel.run(async () => {
      kernel.at(5, "act", act);
      await kernel.clock.sleep(10);
    });
    await expect(run).rejects.toThrow("a bug");
    expect(kernel.now()).toBe(5);
  }
});

test("a run can be failed from within, by name", async () => {
  const kernel = new Kernel({ seed: "1" });
  const run = kernel.run(async () => {
    kernel.at(5, "act", () => kernel.fail(new Error("the network is full")));
    await kernel.clock.sleep(10);
  });
  await expect(run).rejects.toThrow("the network is full");
});

test("two runs at the same time are refused, and one may follow another", async () => {
  const [one, other] = [new Kernel({ seed: "1" }), new Kernel({ seed: "2" })];
  const first = one.run(() => one.clock.sleep(10));
  await expect(other.run(() => other.clock.sleep(10))).rejects.toThrow("two simulations run in one process");
  await first;
  await other.run(() => other.clock.sleep(10));
  expect(other.now()).toBe(10);
});

test("those who listened for what nobody catches listen again after a run, however it ends", async () => {
  const listener = (): void => undefined;
  process.on("uncaughtException", listener);
  const before = ["uncaughtException", "unhandledRejection"].map((name) => process.rawListeners(name));
  await new Kernel({ seed: "1" }).run(() => Promise.resolve());
  await expect(new Kernel({ seed: "1" }).run(() => Promise.reject(new Error("a bug")))).rejects.toThrow("a bug");
  expect(["uncaughtException", "unhandledRejection"].map((name) => process.rawListeners(name))).toEqual(before);
  process.removeListener("uncaughtException", listener);
});

async function finishBackwards(works: readonly { resolve(): void }[]): Promise<void> {
  for (const { resolve } of works.toReversed()) {
    await systemClock().sleep(2);
    resolve();
  }
}

async function inTurn<Value>(acts: readonly (() => Promise<Value>)[]): Promise<Value[]> {
  const values: Value[] = [];
  for (const act of acts) values.push(await act());
  return values;
}
