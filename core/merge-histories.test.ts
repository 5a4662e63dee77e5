import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { mergeHistories, readHistory, seededRandom } from "./mod.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-merge-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sample = (who: string, at: number, name = "x"): string =>
  JSON.stringify({ kind: "sample", name, value: at, at, who });

function file(name: string, lines: readonly string[], end = "\n"): string {
  const path = join(folder, name);
  writeFileSync(path, lines.length === 0 ? "" : lines.join("\n") + end);
  return path;
}

const into = (): string => join(folder, "history.jsonl");
const mergedLines = (): string[] => readFileSync(into(), "utf8").trimEnd().split("\n");

describe("mergeHistories", () => {
  test("puts the events of all witnesses in order of time", async () => {
    const a = file("a.jsonl", [sample("a", 1), sample("a", 4), sample("a", 9)]);
    const b = file("b.jsonl", [sample("b", 2), sample("b", 3), sample("b", 10)]);
    const merged = await mergeHistories([a, b], into());
    expect(merged).toEqual({ events: 6, torn: [] });
    expect(mergedLines().map((line) => (JSON.parse(line) as { at: number }).at)).toEqual([1, 2, 3, 4, 9, 10]);
  });

  test("keeps the order of the files among events of one moment, and each witness's own order", async () => {
    const a = file("a.jsonl", [sample("a", 5, "first"), sample("a", 5, "second")]);
    const b = file("b.jsonl", [sample("b", 5, "third")]);
    await mergeHistories([a, b], into());
    expect(mergedLines().map((line) => (JSON.parse(line) as { name: string }).name)).toEqual([
      "first",
      "second",
      "third",
    ]);
  });

  test("agrees with a plain sort on long files of many witnesses, and keeps every line as it was", async () => {
    const random = seededRandom("merge");
    const witnesses = Array.from({ length: 7 }, (_, index) => {
      let at = 0;
      // Long names, so that the files are cut into several chunks, in the middle of characters of two bytes.
      return Array.from({ length: 3_000 }, () =>
        sample(`w${index}`, (at += random.int(5)), "ä".repeat(random.int(400))),
      );
    });
    const paths = witnesses.map((lines, index) => file(`${index}.jsonl`, lines));
    const { events } = await mergeHistories(paths, into());
    const sorted = witnesses
      .flat()
      .map((line) => ({ line, at: (JSON.parse(line) as { at: number }).at }))
      .toSorted((a, b) => a.at - b.at);
    expect(events).toBe(21_000);
    expect(mergedLines()).toEqual(sorted.map(({ line }) => line));
  });

  test("leaves out a torn last line of each file, and says where", async () => {
    const a = file("a.jsonl", [sample("a", 1), '{"kind":"sample","na'], "");
    const b = file("b.jsonl", [sample("b", 2)]);
    const c = file("c.jsonl", ['{"at":3'], "");
    expect(await mergeHistories([a, b, c], into())).toEqual({ events: 2, torn: [a, c] });
    expect((await readHistory(into())).size).toBe(2);
  });

  test("takes a last line that only lacks its line break", async () => {
    const a = file("a.jsonl", [sample("a", 1), sample("a", 2)], "");
    expect(await mergeHistories([a], into())).toEqual({ events: 2, torn: [] });
  });

  test("accepts witnesses that saw nothing", async () => {
    const paths = [file("a.jsonl", []), file("b.jsonl", [sample("b", 1)])];
    expect(await mergeHistories(paths, into())).toEqual({ events: 1, torn: [] });
    expect(await mergeHistories([file("c.jsonl", [])], into())).toEqual({ events: 0, torn: [] });
    expect(readFileSync(into(), "utf8")).toBe("");
  });

  test.each([
    ["cut in the middle", '{"kind":"sample","na'],
    ["empty", ""],
    ["no object", "42"],
    ["without a time", '{"kind":"sample","who":"a"}'],
  ])("refuses a line that is %s elsewhere, with file and line", async (_, broken) => {
    const a = file("a.jsonl", [sample("a", 1), broken, sample("a", 3)]);
    await expect(mergeHistories([a], into())).rejects.toMatchObject({ code: "history_corrupt" });
    await expect(mergeHistories([a], into())).rejects.toThrow(`${a}:2: `);
  });

  test("refuses a broken line that is complete, even at the end", async () => {
    const a = file("a.jsonl", [sample("a", 1), '{"kind":"sample","na']);
    await expect(mergeHistories([a], into())).rejects.toThrow(`${a}:2: `);
  });

  test("refuses a file in which time runs backwards", async () => {
    const a = file("a.jsonl", [sample("a", 2), sample("a", 1)]);
    await expect(mergeHistories([a], into())).rejects.toThrow(`${a}:2: time runs backwards, from 2 ms to 1 ms`);
  });

  test("says which file it cannot read or write", async () => {
    const missing = join(folder, "missing.jsonl");
    await expect(mergeHistories([missing], into())).rejects.toMatchObject({ code: "history_unreadable" });
    expect(existsSync(into())).toBe(false);
    const nowhere = join(folder, "no", "such", "folder.jsonl");
    await expect(mergeHistories([file("a.jsonl", [])], nowhere)).rejects.toMatchObject({
      code: "history_not_writable",
    });
  });
});
