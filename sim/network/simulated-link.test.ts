import { describe, expect, test } from "vitest";

import { onBench, say, steady, type Bench } from "./network.test-support.ts";

const link = { from: "a", to: "s" };
const openedAtMs = 100;

describe("a cut", () => {
  test("closes what is open, loses what is on its way, and refuses, until it is healed", () =>
    onBench(async ({ network, dial, pass, heard }) => {
      const old = dial();
      await pass(openedAtMs);
      say(old, "lost");
      const cut = network.disturb(link, { kind: "cut" });
      const refused = dial();
      await pass(100);
      expect([old.words(), refused.words(), heard.map(({ what }) => what)]).toEqual([
        ["opened", "closed"],
        ["refused"],
        ["closed"],
      ]);
      await cut.heal();
      await cut.heal();
      const fresh = dial();
      await pass(openedAtMs);
      say(fresh, "again");
      await pass(100);
      expect(fresh.words()).toEqual(["opened", "again"]);
    }));

  test("adds up with another of its kind, and leaves other links in peace", () =>
    onBench(async ({ network, dial, pass }) => {
      const [first, second] = [network.disturb(link, { kind: "cut" }), network.disturb(link, { kind: "cut" })];
      network.disturb({ from: "b", to: "s" }, { kind: "cut" });
      await first.heal();
      const refused = dial();
      await pass(100);
      await second.heal();
      const taken = dial();
      await pass(100);
      expect([refused.words(), taken.words()]).toEqual([["refused"], ["opened"]]);
    }));
});

describe("a delay", () => {
  test("holds up both directions, adds up, and lets go at once when it is healed", () =>
    onBench(async ({ network, dial, pass }) => {
      const client = dial();
      await pass(openedAtMs);
      const slow = network.disturb(link, { kind: "delay", ms: 150, jitterMs: 0 });
      const slower = network.disturb(link, { kind: "delay", ms: 150, jitterMs: 0 });
      say(client, "slow");
      await pass(1_000);
      expect(client.told.at(-1)).toEqual({ at: openedAtMs + 620, what: "slow" });
      say(client, "held");
      await pass(50);
      await slow.heal();
      await slower.heal();
      await pass(1_000);
      expect(client.told.at(-1)).toEqual({ at: openedAtMs + 1_070, what: "held" });
    }));

  test("with a jitter differs from message to message, and keeps their order", () =>
    onBench(async ({ network, dial, pass, heard }) => {
      const client = dial();
      await pass(openedAtMs);
      network.disturb(link, { kind: "delay", ms: 100, jitterMs: 50 });
      for (let count = 0; count < 20; count++) {
        say(client, `${count}`);
        await pass(200);
      }
      const tookMs = heard.map(({ at }, index) => Math.round(at - openedAtMs - index * 200));
      expect(Math.min(...tookMs)).toBeGreaterThanOrEqual(60);
      expect(Math.max(...tookMs)).toBeLessThanOrEqual(160);
      expect(new Set(tookMs).size).toBeGreaterThan(10);
    }));
});

describe("a hole", () => {
  const storyOf = async ({ network, dial, pass, heard }: Bench, kind: "blackhole" | "loseReply") => {
    const old = dial();
    await pass(openedAtMs);
    const hole = network.disturb(link, { kind });
    const fresh = dial();
    await pass(100);
    say(old, "old");
    say(fresh, "new");
    await pass(1_000);
    const heardMeanwhile = heard.map(({ what }) => what).toSorted();
    const told = [old.words(), fresh.words()];
    await hole.heal();
    await pass(100);
    const whole = dial();
    await pass(100);
    say(whole, "whole");
    await pass(100);
    return { heardMeanwhile, told, healed: [old.words(), fresh.words()], whole: whole.words() };
  };
  const openAndDeaf = [["opened"], ["opened"]];
  const closed = [
    ["opened", "closed"],
    ["opened", "closed"],
  ];

  test("a blackhole keeps connections, takes new ones and swallows both directions; healed, it closes them", () =>
    onBench(async (bench) => {
      const story = await storyOf(bench, "blackhole");
      expect(story).toEqual({ heardMeanwhile: [], told: openAndDeaf, healed: closed, whole: ["opened", "whole"] });
    }));

  test("a lost reply has had its effect; healed, it closes the connections", () =>
    onBench(async (bench) => {
      const story = await storyOf(bench, "loseReply");
      expect(story).toEqual({
        heardMeanwhile: ["new", "old"],
        told: openAndDeaf,
        healed: closed,
        whole: ["opened", "whole"],
      });
    }));
});

describe("a reset", () => {
  test("breaks a connection as soon as something is sent on it, old or new, and spares those that are silent", () =>
    onBench(async ({ network, dial, pass, heard }) => {
      const [old, silent] = [dial(), dial()];
      await pass(openedAtMs);
      const reset = network.disturb(link, { kind: "reset" });
      const fresh = dial();
      await pass(100);
      say(old, "x");
      say(fresh, "x");
      await pass(100);
      await reset.heal();
      say(silent, "whole");
      await pass(100);
      expect([old.words(), fresh.words()]).toEqual([
        ["opened", "reset"],
        ["opened", "reset"],
      ]);
      expect(silent.words()).toEqual(["opened", "whole"]);
      expect(heard.map(({ what }) => what)).toEqual(["reset", "reset", "whole"]);
    }));
});

describe("a throttle", () => {
  test("lets bytes pass one after the other at its rate, and all at once when it is healed", () =>
    onBench(async ({ network, dial, pass, heard }) => {
      const client = dial();
      await pass(openedAtMs);
      const throttle = network.disturb(link, { kind: "throttle", bytesPerSecond: 1_000 });
      for (const text of ["a", "b", "c"]) say(client, text.repeat(500));
      await pass(1_200);
      expect(heard.map(({ at }) => Math.round(at - openedAtMs))).toEqual([510, 1_010]);
      await throttle.heal();
      await pass(100);
      expect(heard.map(({ at }) => Math.round(at - openedAtMs))).toEqual([510, 1_010, 1_210]);
    }));
});

describe("a partition", () => {
  test("keeps connections; what was sent meanwhile arrives with TCP's next retransmission after it is healed", () =>
    onBench(async ({ network, dial, pass, heard }) => {
      const client = dial();
      await pass(openedAtMs);
      const partition = network.disturb(link, { kind: "partition", way: "both" });
      say(client, "one");
      await pass(500);
      say(client, "two");
      const late = dial();
      await pass(100);
      expect(heard).toEqual([]);
      await partition.heal();
      // Sent at 100, and again at 300, 700 and so on; healed at 700.
      await pass(2_000);
      expect(heard.map(({ at, what }) => [what, Math.round(at)])).toEqual([
        ["one", 1_510],
        ["two", 1_510],
      ]);
      expect(client.words()).toEqual(["opened", "one", "two"]);
      expect(late.words()).toEqual(["opened"]);
    }));

  test.each([
    { way: "there" as const, heardThen: [], told: ["opened"] },
    { way: "back" as const, heardThen: ["hello"], told: ["opened"] },
  ])("of one direction leaves the other one whole: $way", ({ way, heardThen, told }) =>
    onBench(async ({ network, dial, pass, heard }) => {
      const client = dial();
      await pass(openedAtMs);
      const partition = network.disturb(link, { kind: "partition", way });
      say(client, "hello");
      const late = dial();
      await pass(1_000);
      expect([heard.map(({ what }) => what), client.words(), late.words()]).toEqual([heardThen, told, []]);
      await partition.heal();
      await pass(5_000);
      expect([client.words(), late.words()]).toEqual([["opened", "hello"], ["opened"]]);
    }),
  );
});

describe("a partition within another", () => {
  test("ends with the last of them", () =>
    onBench(async ({ network, dial, pass, heard }) => {
      const client = dial();
      await pass(openedAtMs);
      const all = network.disturb(link, { kind: "partition", way: "both" });
      const there = network.disturb(link, { kind: "partition", way: "there" });
      say(client, "hello");
      await pass(1_000);
      await all.heal();
      await pass(5_000);
      expect(heard).toEqual([]);
      await there.heal();
      await pass(20_000);
      expect(client.words()).toEqual(["opened", "hello"]);
    }));
});

describe("loss", () => {
  test("makes a message of a connection come later, by a timeout that doubles, and those behind it wait", () =>
    onBench(
      async ({ dial, pass, heard }) => {
        const client = dial();
        await pass(10_000);
        const sentAtMs = 10_000;
        for (let count = 0; count < 100; count++) say(client, `${count}`);
        await pass(100_000);
        expect(heard.map(({ what }) => Number(what))).toEqual(heard.map((_, index) => index));
        const took = new Set(heard.map(({ at }) => Math.round(at - sentAtMs)));
        expect(heard).toHaveLength(100);
        expect([...took].every((ms) => [10, 210, 610, 1_410, 3_010, 6_210, 12_610].includes(ms))).toBe(true);
        expect(took.size).toBeGreaterThan(2);
      },
      { model: { ...steady, loss: 0.3 } },
    ));

  test("can begin and end", () =>
    onBench(async ({ network, dial, pass, heard }) => {
      const client = dial();
      await pass(openedAtMs);
      const lossy = network.disturb(link, { kind: "lose", share: 1 });
      say(client, "late");
      await pass(200_000);
      expect(heard).toEqual([]);
      await lossy.heal();
      await pass(1_000_000);
      expect(heard.map(({ what }) => what)).toEqual(["late"]);
    }));
});

describe("datagrams", () => {
  const posted = (model: Partial<typeof steady>, disturb?: (bench: Bench) => void) =>
    onBench(
      async (bench) => {
        const got: number[] = [];
        bench.network.receive({ name: "r" }, (message) => void got.push(Number(message)));
        disturb?.(bench);
        for (let count = 0; count < 200; count++) bench.network.post(bench.replica, "r", count, 8, "datagram");
        await bench.pass(10_000);
        return got;
      },
      { model: { ...steady, ...model } },
    );

  test("arrive once where nothing is lost, and overtake each other", async () => {
    const got = await posted({ latency: { minMs: 1, meanMs: 10, maxMs: 50 } });
    expect(got).toHaveLength(200);
    expect(got).not.toEqual(got.toSorted((one, other) => one - other));
  });

  test("are lost for good, and arrive twice", async () => {
    const lost = await posted({ loss: 0.5 });
    expect(lost.length).toBeGreaterThan(50);
    expect(lost.length).toBeLessThan(150);
    const twice = await posted({ duplication: 0.5 });
    expect(new Set(twice).size).toBe(200);
    expect(twice.length).toBeGreaterThan(250);
  });

  test.each([
    { kind: "cut" } as const,
    { kind: "blackhole" } as const,
    { kind: "partition", way: "there" } as const,
    { kind: "lose", share: 1 } as const,
  ])("are lost in a $kind", async (disturbance) => {
    expect(await posted({}, ({ network }) => void network.disturb({ from: "a", to: "r" }, disturbance))).toEqual([]);
  });
});
