import { expect, test } from "vitest";

import type { Verdict } from "../../core/mod.ts";
import type { Block } from "../block.ts";
import { sampleRecord, sampleVerdict } from "../sample-record.test-support.ts";
import { sampleRun } from "../sample-run.test-support.ts";
import { rateLimit } from "./rate-limit.ts";

const { history } = sampleRun();

function render(...verdicts: Partial<Verdict>[]): readonly Block[] {
  return rateLimit.render({ record: sampleRecord({ verdicts: verdicts.map(sampleVerdict) }), history });
}

function clientsOf(blocks: readonly Block[]): unknown[] {
  const table = blocks.find((block) => block.kind === "table");
  return (table?.rows ?? []).map(([client, limit]) => [client, limit]);
}

test("it is left out when no check examines a limit", () => {
  expect(render({ check: "no job is lost" })).toEqual([]);
});

test("it shows the client that the check names, with what it measured", () => {
  const measurements = [
    { name: "limitPerSecond", value: 200 },
    { name: "admittedPerRollingSecondMax/load", value: 190 },
  ];
  const blocks = render({ check: "rate limit holds for load", measurements });
  expect(clientsOf(blocks)).toEqual([["load", { value: 200, unit: "per second" }]]);
  const table = blocks.find((block) => block.kind === "table");
  expect(table?.rows[0]?.at(-1)).toEqual({ value: 190, unit: "per second" });
  expect(blocks.at(-1)).toMatchObject({ kind: "time-chart", bound: { label: "limit", value: 200 } });
});

test("it shows all that were refused when the check names nobody", () => {
  expect(clientsOf(render({ check: "rate limit holds" }))).toEqual([["limited", "–"]]);
});

test("different limits are in the table, and no line stands for both", () => {
  const [a, b] = [10, 20].map((value) => [{ name: "limitPerSecond", value }]);
  const blocks = render(
    { check: "rate limit holds for load", measurements: a ?? [] },
    { check: "rate limit holds for limited", measurements: b ?? [] },
  );
  expect(clientsOf(blocks)).toEqual([
    ["load", { value: 10, unit: "per second" }],
    ["limited", { value: 20, unit: "per second" }],
  ]);
  expect(blocks.at(-1)).not.toHaveProperty("bound");
});
