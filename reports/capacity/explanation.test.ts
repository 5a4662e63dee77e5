import { expect, test } from "vitest";

import { renderExplanations } from "./explanation.ts";

const explanation = {
  title: "Throughput",
  formula: "shards × workers / time",
  inputs: [
    ["shards", "8"],
    ["workers", "4"],
  ],
  result: "320 msg/s",
  seedPrints: "320 msg/s per pod",
  misleads: "That is with every worker busy all the time, which nobody wants and no bus of shards ever reaches.",
} as const;

test("an explanation is a numbered list of labels that fits the terminal", () => {
  const text = renderExplanations([explanation, explanation], { columns: 60, colour: false });
  expect(text.split("\n").slice(0, 6)).toEqual([
    "1. Throughput",
    "   formula  shards × workers / time",
    "   inputs   shards 8, workers 4",
    "   result   320 msg/s",
    "   seed     320 msg/s per pod",
    "   but      That is with every worker busy all the time,",
  ]);
  expect(text).toContain("\n2. Throughput");
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
});
