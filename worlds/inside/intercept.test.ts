import { expect, test } from "vitest";

import { systemClock, type Trap } from "../../core/mod.ts";
import type { Bus, ConsumeOptions, Delivery, Disposition } from "../../reference/ports/mod.ts";
import { interceptWith } from "./intercept.ts";
import { trapBoard } from "./trap-board.ts";

test("a port made of a class keeps its methods, its state, and what it inherits", async () => {
  class Base {
    readonly #greeting = "hello";
    greet(name: string) {
      return `${this.#greeting} ${name}`;
    }
  }
  class Port extends Base {
    async shout(name: string) {
      return this.greet(name).toUpperCase();
    }
  }
  const { intercept } = board();
  const port = intercept("port", new Port());
  expect(port.greet("world")).toBe("hello world");
  expect(await port.shout("world")).toBe("HELLO WORLD");
  expect(Object.keys(port).toSorted()).toEqual(["greet", "shout"]);
});

test("errors pass through unchanged, with and without a trap", async () => {
  const { intercept, set } = board();
  const failure = new Error("no");
  const port = intercept("port", { fail: () => Promise.reject(failure) });
  await expect(port.fail()).rejects.toBe(failure);
  set({ call: "port.fail", when: "after", action: "pause", nth: "every" });
  await expect(port.fail()).rejects.toBe(failure);
});

test("a trap springs at its call alone, once, and acts before or after it", async () => {
  const { intercept, set, story } = board();
  const port = intercept("port", {
    one: async () => void story.push("one"),
    two: async () => void story.push("two"),
  });
  set({ call: "port.one", when: "before", action: "kill", nth: 2 });
  set({ call: "port.two", when: "after", action: "stop" });
  await port.one();
  await port.two();
  await port.one();
  await port.one();
  await port.two();
  expect(story).toEqual(["one", "two", "stop", "SIGTERM", "kill", "SIGKILL", "one", "one", "two"]);
});

test("a removed trap does not spring", async () => {
  const { intercept, set, remove, story } = board();
  const port = intercept("port", { one: async () => {} });
  const id = set({ call: "port.one", when: "before", action: "pause", nth: "every" });
  await port.one();
  remove(id);
  remove(id);
  await port.one();
  expect(story).toEqual(["pause", "SIGSTOP"]);
});

test("a delay is told once, and holds up the call before or the answer after it", async () => {
  const { intercept, set, story } = board();
  const port = intercept("port", { one: async () => void story.push("called") });
  set({ call: "port.one", when: "before", action: "delay", delayMs: 1, nth: "every" });
  set({ call: "port.one", when: "after", action: "delay", delayMs: 1, nth: "every" });
  await port.one();
  await port.one();
  expect(story).toEqual(["delay", "called", "delay", "called"]);
});

test("a call that answers at once cannot be delayed, but a process can die in it", () => {
  const { intercept, refusal, set, story } = board();
  const bus = intercept("bus", { ...quietBus, broadcast: (_subject: string) => void story.push("sent") });
  expect(refusal({ call: "bus.broadcast", when: "before", action: "delay", delayMs: 1 })).toMatch("cannot be delayed");
  set({ call: "bus.broadcast", when: "after", action: "kill" });
  bus.broadcast("subject");
  expect(story).toEqual(["sent", "kill", "SIGKILL"]);
});

test("each script is a call of its own, named after the script, which may be trapped before it was ever sent", async () => {
  const { intercept, set, story } = board();
  const redis = intercept("redis", {
    script: async (script: { name: string }) => void story.push(script.name),
  });
  set({ call: "redis.script:lock-release", when: "before", action: "pause" });
  await redis.script({ name: "lock-renew" });
  await redis.script({ name: "lock-release" });
  expect(story).toEqual(["lock-renew", "pause", "SIGSTOP", "lock-release"]);
});

test("each change of a job is a call of its own, named after the state that it leads to", async () => {
  const { intercept, set, refusal, story } = board();
  const jobs = intercept("jobs", {
    advance: async ({ path }: { path: string[] }) => void story.push(path.join(">")),
  });
  set({ call: "jobs.advance:DISPATCHED", when: "after", action: "kill" });
  await jobs.advance({ path: ["SUCCEEDED"] });
  await jobs.advance({ path: ["SCHEDULED", "DISPATCHED"] });
  expect(story).toEqual(["SUCCEEDED", "SCHEDULED>DISPATCHED", "kill", "SIGKILL"]);
  expect(refusal({ call: "jobs.advanced:DISPATCHED", when: "after", action: "kill" })).toMatch("no call is named");
});

test("each delivery to a handler is a call of its own, named after the subject", async () => {
  const { intercept, set, story } = board();
  let deliver: ((delivery: Delivery) => Promise<Disposition>) | undefined;
  const consume = async (_options: ConsumeOptions, handler: (delivery: Delivery) => Promise<Disposition>) => {
    deliver = handler;
    return { stop: async () => {} };
  };
  const bus = intercept("bus", { ...quietBus, consume });
  await bus.consume({ stream: "S", subject: "sys.job.submit", queue: "q", concurrency: 1 }, async () => {
    story.push("handled");
    return "done";
  });
  set({ call: "bus.deliver:sys.job.submit", when: "after", action: "kill" });
  const delivery = { subject: "sys.job.submit", body: "", deliveries: 1, stopping: new AbortController().signal };
  expect(await deliver?.(delivery)).toBe("done");
  expect(story).toEqual(["handled", "kill", "SIGKILL"]);
});

const quietBus: Bus = {
  publish: async () => ({ sequence: 1, duplicate: false }),
  broadcast: () => {},
  listen: () => ({ close: () => {} }),
  consume: async () => ({ stop: async () => {} }),
  connected: () => true,
};

function board() {
  const story: string[] = [];
  const traps = trapBoard({
    clock: systemClock(),
    announce: (_id, action) => story.push(action),
    signal: (name) => void story.push(name),
  });
  let lastId = 0;
  const refusal = (trap: Trap): string | undefined => traps.set(++lastId, trap);
  const set = (trap: Trap): number => {
    expect(refusal(trap)).toBeUndefined();
    return lastId;
  };
  return { intercept: interceptWith(traps), set, refusal, remove: (id: number) => traps.remove(id), story };
}
