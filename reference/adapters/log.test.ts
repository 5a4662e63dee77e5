import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { pinoLog } from "./log.ts";

function logged(level: string, write: (log: ReturnType<typeof pinoLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(pinoLog("gateway-1", level, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("a line is one JSON object with the message, its facts and the pod", () => {
  const [line] = logged("info", (log) => log.info("gateway listens", { url: "http://127.0.0.1:1" }));
  expect(line).toMatchObject({
    ...{ level: "info", pod: "gateway-1", message: "gateway listens", url: "http://127.0.0.1:1" },
    time: expect.any(Number),
  });
});

test("lines below the level are dropped, and at silent all are", () => {
  const all = (log: ReturnType<typeof pinoLog>): void => {
    for (const level of ["debug", "info", "warn", "error"] as const) log[level]("a line");
  };
  expect(logged("warn", all).map(({ level }) => level)).toEqual(["warn", "error"]);
  expect(logged("silent", all)).toEqual([]);
});

test.each([
  [{ apiKey: "hush" }],
  [{ headers: { "X-API-Key": "hush" } }],
  [{ CORDUM_API_KEYS: ["hush:acme"] }],
  [{ list: [{ authorization: "Bearer hush" }] }],
  [{ redis: "redis://user:hush@host:6379" }],
  [{ error: new Error("cannot reach redis://:hush@host") }],
])("no secret gets into a line: %o", (facts) => {
  const text = JSON.stringify(logged("info", (log) => log.info("a line", facts)));
  expect(text).toContain("[redacted]");
  expect(text).not.toContain("hush");
});

test("a lock's key is no secret, and an error keeps its stack", () => {
  const [line] = logged("info", (log) => log.info("a line", { key: "cordum:lock", error: new TypeError("broken") }));
  expect(line).toMatchObject({
    ...{ key: "cordum:lock", error: { name: "TypeError", message: "broken", stack: expect.stringContaining("at ") } },
  });
});

test("facts without an end are cut off", () => {
  const ring: Record<string, unknown> = {};
  ring["again"] = ring;
  expect(logged("info", (log) => log.info("a line", ring))).toHaveLength(1);
});

test("a level that does not exist is a mistake with a hint", () => {
  expect(() => pinoLog("gateway-1", "inof")).toThrow(UsageError);
  expect(() => pinoLog("gateway-1", "inof")).toThrow(expect.objectContaining({ hint: "did you mean info?" }));
});
