import { describe, expect, test } from "vitest";

import type { Consumption, Delivery, Disposition } from "../../reference/ports/mod.ts";
import { useArms } from "./arms.test-support.ts";
import type { Ports } from "./stage.test-support.ts";

const stream = "CORDUM_JOBS";
const subject = "job.of-a-test";
const shortWait = { variables: { NATS_JS_ACK_WAIT: "1s" } };

function consume(
  { bus }: Ports,
  handler: (delivery: Delivery) => Promise<Disposition>,
  concurrency = 4,
): Promise<Consumption> {
  return bus.consume({ stream, subject, queue: "test", concurrency }, handler);
}

async function publishAll({ bus }: Ports, bodies: readonly string[]): Promise<void> {
  for (const body of bodies) await bus.publish({ subject, body });
}

/** Notes what comes as `body#deliveries`, and decides as it is told. */
function noting(got: string[], decide: (delivery: Delivery) => Disposition = () => "done") {
  return (delivery: Delivery): Promise<Disposition> => {
    got.push(`${delivery.body}#${delivery.deliveries}`);
    return Promise.resolve(decide(delivery));
  };
}

const letters = "a b c d e f g h i j".split(" ");
const byLetter = (one: string, other: string): number => one.localeCompare(other);

describe.each(useArms())("the bus, $name", ({ play }) => {
  test("a message is stored with a receipt, and one with a known id is not stored again", () =>
    play(async ({ join }) => {
      const [one, two] = [await join("scheduler-1"), await join("scheduler-2")];
      const first = await one.bus.publish({ subject, id: "d:1", body: "a" });
      expect(first.duplicate).toBe(false);
      expect(await two.bus.publish({ subject, id: "d:1", body: "a" })).toEqual({ ...first, duplicate: true });
      const next = await two.bus.publish({ subject, id: "d:2", body: "b" });
      expect(next).toEqual({ sequence: first.sequence + 1, duplicate: false });
      const plain = [await one.bus.publish({ subject, body: "c" }), await one.bus.publish({ subject, body: "c" })];
      expect(plain.map(({ duplicate }) => duplicate)).toEqual([false, false]);
    }));

  test("a subject that no stream has is told apart from an outage", () =>
    play(async ({ join }) => {
      const { bus } = await join("scheduler-1");
      await expect(bus.publish({ subject: "nobody.listens", body: "" })).rejects.toThrow(
        "The stream of nobody.listens",
      );
      expect(bus.connected()).toBe(true);
    }));

  test("each message comes once to one of those who share a queue, whenever they came", () =>
    play(async ({ join, eventually }) => {
      const [one, two] = [await join("scheduler-1"), await join("scheduler-2")];
      const got: string[] = [];
      await publishAll(one, letters.slice(0, 5));
      await consume(one, noting(got));
      await consume(two, noting(got));
      await publishAll(two, letters.slice(5));
      await eventually(() => expect(got).toHaveLength(letters.length));
      expect(got.toSorted(byLetter)).toEqual(letters.map((letter) => `${letter}#1`));
    }));

  test("bodies and subjects arrive as they were sent", () =>
    play(async ({ join, eventually }) => {
      const replica = await join("scheduler-1");
      const got: Delivery[] = [];
      await consume(replica, (delivery) => {
        got.push(delivery);
        return Promise.resolve("done");
      });
      const bodies = ["", "grüß dich ✓ 🚢", JSON.stringify({ "\r\n": "\u0000" }), "x".repeat(100_000)];
      await publishAll(replica, bodies);
      await eventually(() => expect(got.map(({ body }) => body)).toEqual(bodies));
      expect(new Set(got.map((each) => each.subject))).toEqual(new Set([subject]));
    }));

  test("a message comes again when it is handed back, no sooner than asked for, and when its handler throws", () =>
    play(async ({ join, clock, eventually }) => {
      const replica = await join("scheduler-1");
      const got: string[] = [];
      const times: number[] = [];
      await consume(
        replica,
        noting(got, ({ deliveries }) => {
          times.push(clock.now());
          if (deliveries === 1) return { later: 300 };
          if (deliveries === 2) throw new Error("no");
          return "done";
        }),
      );
      await publishAll(replica, ["a"]);
      await eventually(() => expect(got).toEqual(["a#1", "a#2", "a#3"]));
      const [first = 0, second = 0] = times;
      expect(second - first).toBeGreaterThanOrEqual(299);
    }));

  test("a message that was rejected never comes again, and neither does one that is done", () =>
    play(async ({ join, clock, eventually }) => {
      const replica = await join("scheduler-1", shortWait);
      const got: string[] = [];
      await consume(
        replica,
        noting(got, ({ body }) => (body === "bad" ? { reject: "unreadable" } : "done")),
      );
      await publishAll(replica, ["bad", "good"]);
      const untilMs = clock.now() + 2_500;
      await eventually(() => expect(clock.now()).toBeGreaterThan(untilMs));
      expect(got).toEqual(["bad#1", "good#1"]);
    }));

  test("a message that is worked on for longer than the acknowledgement wait comes to nobody else", () =>
    play(async ({ join, clock, eventually }) => {
      const [one, two] = [await join("worker-1", shortWait), await join("worker-2", shortWait)];
      const got: string[] = [];
      const slowly = async (delivery: Delivery): Promise<Disposition> => {
        got.push(`${delivery.body}#${delivery.deliveries}`);
        await clock.sleep(2_500);
        got.push("done");
        return "done";
      };
      await consume(one, slowly);
      await consume(two, slowly);
      await publishAll(one, ["a"]);
      await eventually(() => expect(got).toContain("done"));
      expect(got).toEqual(["a#1", "done"]);
    }));

  test("who stops finishes what it has begun, and hands the rest to others at once", () =>
    play(async ({ join, eventually }) => {
      const [one, two] = [await join("worker-1"), await join("worker-2")];
      const gate = Promise.withResolvers<void>();
      const begun: string[] = [];
      const consumption = await consume(
        one,
        async ({ body, stopping }) => {
          begun.push(body);
          stopping.addEventListener("abort", () => gate.resolve());
          await gate.promise;
          return "done";
        },
        2,
      );
      await publishAll(one, letters);
      await eventually(() => expect(begun).toEqual(["a", "b"]));
      await consumption.stop();
      const got: string[] = [];
      await consume(two, noting(got));
      await eventually(() => expect(got.map((each) => each[0] ?? "").toSorted(byLetter)).toEqual(letters.slice(2)));
      expect(begun).toEqual(["a", "b"]);
    }));

  test("a message that somebody holds who seems dead comes again when the acknowledgement wait is over", () =>
    play(async ({ join, clock, eventually }) => {
      const [dead, heir] = [await join("worker-1", { ...shortWait, frozen: true }), await join("worker-2", shortWait)];
      const [held, got]: [string[], string[]] = [[], []];
      await consume(dead, async (delivery) => {
        await noting(held)(delivery);
        return new Promise((resolve) => delivery.stopping.addEventListener("abort", () => resolve("done")));
      });
      const sentAt = clock.now();
      await publishAll(heir, ["a"]);
      await eventually(() => expect(held).toEqual(["a#1"]));
      await consume(heir, noting(got));
      await eventually(() => expect(got).toHaveLength(1));
      // Once more it may have come to the one that seems dead, which still asks for messages.
      expect(got[0]).toMatch(/^a#[2-9]$/);
      expect(clock.now() - sentAt).toBeGreaterThanOrEqual(999);
    }));

  test("a broadcast is heard by all who listen at that moment, its sender included", () =>
    play(async ({ join, eventually }) => {
      const [one, two] = [await join("worker-1"), await join("scheduler-1")];
      const heard: string[] = [];
      const listen = ({ instance, bus }: Ports) =>
        bus.listen("sys.heartbeat", (body) => heard.push(`${instance} ${body}`));
      const [, deaf] = [listen(one), listen(two)];
      await publishAll(two, ["so that both subscriptions have arrived"]);
      one.bus.broadcast("sys.heartbeat", "first");
      await eventually(() => expect(heard.toSorted(byLetter)).toEqual(["scheduler-1 first", "worker-1 first"]));
      deaf.close();
      one.bus.broadcast("sys.heartbeat", "second");
      await eventually(() => expect(heard).toContain("worker-1 second"));
      expect(heard).toHaveLength(3);
    }));
});
