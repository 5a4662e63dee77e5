import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openHistoryWriter, readHistory, systemClock } from "./mod.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-read-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("readHistory", () => {
  test("reads what a witness wrote", async () => {
    const path = join(folder, "history.jsonl");
    const writer = openHistoryWriter(path, "harness", systemClock());
    writer.record({ kind: "phase", phase: "boot" });
    writer.record({ kind: "effect", job: "j", epoch: 1, worker: "worker-1", decision: "accepted" });
    writer.close();
    const history = await readHistory(path);
    expect(history.size).toBe(2);
    expect(history.jobs.get("j")?.effects).toMatchObject([{ who: "harness", decision: "accepted" }]);
  });

  test("leaves out a torn last line", async () => {
    const path = join(folder, "history.jsonl");
    writeFileSync(path, '{"kind":"phase","phase":"boot","at":1,"who":"h"}\n{"kind":"pha');
    expect((await readHistory(path)).size).toBe(1);
  });

  test("names the file and the line that it cannot read", async () => {
    const path = join(folder, "history.jsonl");
    writeFileSync(path, '{"kind":"phase","phase":"boot","at":1,"who":"h"}\nnonsense\n');
    await expect(readHistory(path)).rejects.toThrow(`${path}:2: this is no event: nonsense`);
    await expect(readHistory(join(folder, "none"))).rejects.toMatchObject({ code: "history_unreadable" });
  });
});
