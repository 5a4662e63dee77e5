import { expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { birthOf, newJobId, traceOf } from "./job-id.ts";

const random = seededRandom("ids");
const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id is a UUID of version 7 that tells when it was made", () => {
  const id = newJobId({ unixMs: () => 1_790_000_000_123.4 }, random);
  expect(id).toMatch(uuidV7);
  expect(birthOf(id)).toBe(1_790_000_000_123);
});

test("ids of one moment differ", () => {
  const ids = Array.from({ length: 1_000 }, () => newJobId({ unixMs: () => 1 }, random));
  expect(new Set(ids).size).toBe(1_000);
});

test("a trace id has 32 hexadecimal digits", () => {
  expect(traceOf(newJobId({ unixMs: () => 1 }, random))).toMatch(/^[0-9a-f]{32}$/);
});
