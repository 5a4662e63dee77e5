import { describe, expect, test } from "vitest";

import { Kernel } from "../kernel/kernel.ts";
import { makeNetwork } from "./make-network.ts";
import { makeBench, onBench, say, steady, varied } from "./network.test-support.ts";

describe("a connection", () => {
  test("opens after a round trip, and brings messages both ways, each after its latency", () =>
    onBench(async ({ dial, pass, heard }) => {
      const client = dial();
      expect(client.connection.isOpen).toBe(false);
      await pass(100);
      expect(client.told).toEqual([{ at: 20, what: "opened" }]);
      say(client, "hello");
      await pass(100);
      expect(heard).toEqual([{ at: 110, what: "hello" }]);
      expect(client.told.at(-1)).toEqual({ at: 120, what: "hello" });
    }));

  test("keeps what is said too early until it is open", () =>
    onBench(async ({ dial, pass, heard }) => {
      const client = dial();
      say(client, "early");
      await pass(100);
      expect(heard).toEqual([{ at: 30, what: "early" }]);
      expect(client.words()).toEqual(["opened", "early"]);
    }));

  test("is refused where nobody listens, and where somebody has stopped to listen", () =>
    onBench(async ({ network, replica, kernel, pass }) => {
      const told: string[] = [];
      const peer = { received: () => undefined, closed: (reason: string) => void told.push(reason) };
      network.connect(replica, "nobody", peer);
      const listening = network.listen({ name: "late" }, () => peer);
      listening.stop();
      network.connect(replica, "late", peer);
      await pass(100);
      expect(told).toEqual(["refused", "refused"]);
      expect(kernel.now()).toBe(100);
    }));

  test("keeps the order of a direction, though each message has its own latency", () =>
    onBench(
      async ({ dial, pass, heard }) => {
        const client = dial();
        await pass(200);
        const texts = Array.from({ length: 200 }, (_, index) => `${index}`);
        for (const text of texts) say(client, text);
        await pass(1_000);
        expect(heard.map(({ what }) => what)).toEqual(texts);
        const hours = heard.map(({ at }) => at);
        expect(new Set(hours).size).toBe(200);
        expect(hours.every((at, index) => index === 0 || at > (hours[index - 1] ?? 0))).toBe(true);
      },
      { model: varied },
    ));

  test("is no pipe that carries one message at a time: a thousand arrive within the time of one", () =>
    onBench(async ({ dial, pass, heard }) => {
      const client = dial();
      await pass(100);
      for (let count = 0; count < 1_000; count++) say(client, "x");
      await pass(11);
      expect(heard).toHaveLength(1_000);
    }));

  test("delivers everything that was sent before it is closed, and then tells the other end once", () =>
    onBench(async ({ dial, pass, heard }) => {
      const client = dial();
      await pass(100);
      say(client, "last");
      client.connection.close();
      client.connection.close();
      say(client, "too late");
      await pass(100);
      expect(heard.map(({ what }) => what)).toEqual(["last", "closed"]);
      expect(client.words()).toEqual(["opened"]);
    }));

  test("that is closed before it has opened never comes to be", () =>
    onBench(async ({ dial, pass, heard }) => {
      const client = dial();
      client.connection.close();
      await pass(100);
      expect([...client.words(), ...heard]).toEqual([]);
    }));
});

describe("a host", () => {
  test("that dies resets its connections, after what it had sent, and takes no more", () =>
    onBench(async ({ dial, pass, heard, replica }) => {
      const client = dial();
      await pass(100);
      say(client, "last words");
      replica.realm.end({ why: "killed" });
      await pass(100);
      expect(heard.map(({ what }) => what)).toEqual(["last words", "reset"]);
      expect(client.words()).toEqual(["opened"]);
    }));

  test("that dies is told of nothing, and refuses", () =>
    onBench(async ({ network, kernel, replica, pass }) => {
      const told: string[] = [];
      const listener = { name: "listener", realm: kernel.realm("listener") };
      const peer = { received: () => undefined, closed: (reason: string) => void told.push(reason) };
      network.listen(listener, () => peer);
      network.connect(replica, "listener", peer);
      await pass(100);
      listener.realm.end({ why: "killed" });
      network.connect(replica, "listener", peer);
      await pass(100);
      expect(told).toEqual(["reset", "refused"]);
      expect(() => network.listen(listener, () => peer)).toThrow("listener is dead and cannot listen");
    }));

  test("that is paused still takes connections and bytes, as its kernel does, and hears of all when it goes on", () =>
    onBench(async ({ network, kernel, replica, pass }) => {
      const heard: string[] = [];
      const told: string[] = [];
      const sleeper = { name: "sleeper", realm: kernel.realm("sleeper") };
      network.listen(sleeper, () => ({
        received: (message) => void heard.push(String(message)),
        closed: (reason) => void heard.push(reason),
      }));
      sleeper.realm.pause();
      const connection = network.connect(replica, "sleeper", {
        opened: () => void told.push("opened"),
        received: () => undefined,
        closed: (reason) => void told.push(reason),
      });
      await pass(100);
      expect(told).toEqual(["opened"]);
      for (const word of ["one", "two", "three"]) connection.send(word, 5, word);
      connection.close();
      await pass(100);
      expect(heard).toEqual([]);
      sleeper.realm.resume();
      await pass(1);
      expect(heard).toEqual(["one", "two", "three", "closed"]);
    }));

  test("that listens already is refused", () =>
    onBench(async ({ network, server }) => {
      expect(() => network.listen(server, () => ({ received: () => undefined, closed: () => undefined }))).toThrow(
        "s listens already",
      );
      await Promise.resolve();
    }));
});

describe("limits", () => {
  test("too many messages on their way end the run, by name", async () => {
    const run = onBench(
      async ({ dial, pass }) => {
        const client = dial();
        await pass(100);
        for (let count = 0; count < 11; count++) say(client, "x");
        await pass(100);
      },
      { model: { ...steady, inFlightMax: 10 } },
    );
    await expect(run).rejects.toMatchObject({ code: "simulation_link_full" });
  });

  test("too many connections of one host end the run, by name", async () => {
    const run = onBench(
      async ({ dial, pass }) => {
        for (let count = 0; count < 4; count++) dial();
        await pass(100);
      },
      { model: { ...steady, connectionsMax: 3 } },
    );
    await expect(run).rejects.toMatchObject({ code: "simulation_connections" });
  });
});

describe("chance", () => {
  const hashOf = async (seed: string): Promise<string> => {
    const kernel = new Kernel({ seed });
    await kernel.run(() => chatter(kernel));
    return kernel.trace.hash();
  };

  test("the same seed gives the same trace, and another seed another", async () => {
    expect(await hashOf("1")).toBe(await hashOf("1"));
    expect(await hashOf("1")).not.toBe(await hashOf("2"));
  });

  test("a busy link moves nothing on another", async () => {
    expect(await hoursOnQuietLink(0)).toEqual(await hoursOnQuietLink(500));
  });
});

async function chatter(kernel: Kernel): Promise<void> {
  const network = makeNetwork(kernel, { ...varied, loss: 0.1 });
  const { dial, pass } = makeBench(kernel, network);
  const client = dial();
  for (let count = 0; count < 50; count++) {
    say(client, `${count}`);
    await pass(5);
  }
  await pass(10_000);
}

function hoursOnQuietLink(noise: number): Promise<number[]> {
  return onBench(
    async ({ network, kernel, dial, pass, heard }) => {
      const noisy = network.connect({ name: "noisy" }, "s", { received: () => undefined, closed: () => undefined });
      const client = dial();
      await pass(200);
      for (let count = 0; count < noise; count++) noisy.send("noise", 5, "noise");
      for (let count = 0; count < 20; count++) say(client, "quiet");
      await pass(1_000);
      expect(kernel.events).toBeGreaterThan(noise);
      return heard.filter(({ what }) => what === "quiet").map(({ at }) => at);
    },
    { model: varied },
  );
}
