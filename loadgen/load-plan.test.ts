import { describe, expect, test } from "vitest";

import { seededRandom } from "../core/mod.ts";
import { agendaOf, planLoads } from "./load-plan.ts";
import type { Load } from "./load.ts";

const source = () => ({ random: seededRandom(1), unixMs: 1_700_000_000_000 });
const steady = (name: string, options: Partial<Load> = {}): Load => ({
  name,
  arrivals: { shape: "uniform", rate: "10/s", count: 3 },
  ...options,
});

describe("planLoads", () => {
  test("lets each load follow the one before it", () => {
    const [a, b] = planLoads([steady("a"), steady("b")], source());
    expect(a).toMatchObject({ startMs: 0, endMs: 300 });
    expect([...(b?.dueMs ?? [])]).toEqual([300, 400, 500]);
  });

  test("lets a load begin when it says, even while another runs", () => {
    const planned = planLoads([steady("a"), steady("b", { startAt: "50ms" }), steady("c")], source());
    expect(planned.map(({ startMs }) => startMs)).toEqual([0, 50, 350]);
  });

  test("aligns a burst with the second in which its load begins, not the run", () => {
    const burst = steady("b", { arrivals: { shape: "burst", offsetsMs: [-10], countEach: 1 }, startAt: "2500ms" });
    expect([...(planLoads([burst], source())[0]?.dueMs ?? [])]).toEqual([2_990]);
  });

  test("gives each load its own stream of chance", () => {
    const poisson = { arrivals: { shape: "poisson", rate: "10/s", count: 3 } } as const;
    const alone = planLoads([steady("b", { ...poisson, startAt: "0s" })], source());
    const together = planLoads([steady("a", poisson), steady("b", { ...poisson, startAt: "0s" })], source());
    expect(together[1]?.dueMs).toEqual(alone[0]?.dueMs);
    expect(together[0]?.dueMs).not.toEqual(alone[0]?.dueMs);
  });

  test("refuses two loads of one name", () => {
    expect(() => planLoads([steady("a"), steady("a")], source())).toThrow('Two loads are called "a"');
  });
});

describe("agendaOf", () => {
  test("hands out the operations of all loads in order of time, each once", () => {
    const agenda = agendaOf(planLoads([steady("a"), steady("b", { startAt: "100ms" })], source()));
    const taken: [string, number][] = [];
    for (let next = agenda.peek(); next; next = agenda.peek()) {
      taken.push([next.load.name, next.dueMs]);
      agenda.take();
    }
    expect(agenda.total).toBe(6);
    expect(taken).toEqual([
      ["a", 0],
      ["a", 100],
      ["b", 100],
      ["a", 200],
      ["b", 200],
      ["b", 300],
    ]);
  });

  test("is empty without loads", () => {
    const agenda = agendaOf([]);
    agenda.take();
    expect([agenda.total, agenda.peek()]).toEqual([0, undefined]);
  });
});
