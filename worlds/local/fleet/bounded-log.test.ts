import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";

import { expect, test } from "vitest";

import { temporaryFolder } from "../stub/stub-world.test-support.ts";
import { BoundedLog } from "./bounded-log.ts";

test("a log keeps its end, and never takes more than twice its bound", () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "replica.log");
  const log = new BoundedLog(path, 1_000);
  const stream = new PassThrough();
  log.take(stream);
  for (let line = 1; line <= 500; line++) stream.emit("data", Buffer.from(`line ${line}\n`));
  log.close();
  expect(readFileSync(path, "utf8")).toMatch(/line 500\n$/);
  expect(statSync(path).size).toBeLessThanOrEqual(1_000);
  expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(1_000);
});
