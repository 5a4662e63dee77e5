import { expect, test } from "vitest";

import { sampleRun } from "../sample-run.test-support.ts";
import { throughput } from "./throughput.ts";

const run = sampleRun();
const [, table, chart] = throughput.render(run);

test("every submission and every execution is in the table and in the picture", () => {
  const { operations, jobs } = run.history;
  const all = [
    operations.length,
    operations.filter(({ outcome }) => outcome === "ok").length,
    operations.filter(({ outcome }) => outcome === "refused").length,
    [...jobs.values()].flatMap(({ executions }) => executions).length,
  ];
  expect(table?.kind === "table" && table.rows.map(([, cell]) => cell)).toEqual(
    all.map((value) => ({ value, unit: "count" })),
  );
  const drawn =
    chart?.kind === "time-chart"
      ? chart.series.map(({ values }) => values.reduce<number>((sum, each) => sum + (each ?? 0), 0))
      : [];
  expect(drawn).toEqual(all);
});
