import fc from "fast-check";
import { expect, test } from "vitest";

import { testServer } from "./redis.test-support.ts";
import { pageOf } from "./scan.ts";

test("an iteration meets whatever is there from its beginning to its end, once, whatever else comes and goes", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(names, names, fc.integer({ min: 1, max: 7 }), (staying, passing, count) => {
      const passers = passing.filter((name) => !staying.includes(name));
      const met: string[] = [];
      let [cursor, step] = [0, 0];
      do {
        const there = [...staying, ...passers.filter((_, index) => (index + step) % 2 === 0)];
        const page = pageOf(there, { cursor, count, nameOf: (name) => name });
        met.push(...page.items);
        [cursor, step] = [page.cursor, step + 1];
        expect(step).toBeLessThan(200);
      } while (cursor !== 0);
      expect(met.filter((name) => staying.includes(name)).toSorted()).toEqual(staying.toSorted());
    }),
  );
});

test("names of one hash come in one step, or the next would miss the others", () => {
  // Two of the known collisions of 32-bit FNV-1a.
  const names = ["costarring", "liquid", "altarage", "zinke"];
  const nameOf = (name: string): string => name;
  const first = pageOf(names, { cursor: 0, count: 1, nameOf });
  expect(first.items).toHaveLength(2);
  const second = pageOf(names, { cursor: first.cursor, count: 1, nameOf });
  expect([...first.items, ...second.items].toSorted()).toEqual(names.toSorted());
  expect(second.cursor).toBe(0);
});

test("a step begins with the very hash that its cursor names", () => {
  const hashOfA = 0xe40c292c;
  const from = (cursor: number): readonly string[] =>
    pageOf(["a"], { cursor, count: 10, nameOf: (name) => name }).items;
  expect([from(hashOfA), from(hashOfA + 1)]).toEqual([["a"], []]);
});

test("SCAN goes through a large database in steps, and filters by name and type", () => {
  const { client } = testServer();
  for (let each = 0; each < 100; each++) client.run(`SET key${each} v`);
  client.run("RPUSH list v");
  const scan = (options: string): string[] => {
    const keys: string[] = [];
    let cursor = "0";
    do {
      const [next, page] = client.run(`SCAN ${cursor} ${options}`) as [string, string[]];
      keys.push(...page);
      cursor = next;
    } while (cursor !== "0");
    return keys;
  };
  expect(new Set(scan("COUNT 7")).size).toBe(101);
  expect(scan("MATCH key1? COUNT 5")).toHaveLength(10);
  expect(scan("TYPE list")).toEqual(["list"]);
});
