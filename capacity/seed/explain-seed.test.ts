import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { explainSeed } from "./explain-seed.ts";

const hottest = 0.14446;
const byRing = [hottest, ...Array<number>(7).fill((1 - hottest) / 7)];
const even = Array<number>(8).fill(1 / 8);

test("all six examples come out as the seed prints them", () => {
  const explanations = explainSeed(byRing);
  expect(explanations.map(({ title }) => title)).toEqual([
    "Throughput",
    "Queue capacity",
    "Required pods",
    "CPU per pod",
    "Memory per pod",
    "Threads per pod",
  ]);
  expect(explanations.map(({ result }) => result)).toEqual([
    "320 msg/s",
    "80,000 messages",
    "4.6875, so 5 pods",
    "2.1 cores",
    "1.08 GB",
    "112 threads",
  ]);
});

test.each([
  [0, ["0.1445 of the ring", "277 msg/s, 13 % less", "40 msg/s", "511 ms in even shards (M/M/4)", "1,470 ms"]],
  [1, ["64,000", "250 s", "200 messages", "2 % of its queue"]],
  [2, ["72 % with 5 pods (p99 wait 345 ms)", "90 % when one is lost", "takes 6 pods, and 7"]],
  [3, ["420 %", "18 pods", "stop at 10", "100 msg/s beside that overhead"]],
  [4, ["39 % more", "119 MB, not 80", "93.1 %", "3, 4, 5, 6, 7, 9, 10"]],
  [5, ["none of the other 80", "56 threads to a core"]],
])("example %d says where it misleads, in numbers", (index, numbers) => {
  for (const number of numbers) expect(explainSeed(byRing)[index]?.misleads).toContain(number);
});

test("the sentences follow the ring: with even shares nothing is lost to it", () => {
  const [throughput, , pods] = explainSeed(even);
  expect(throughput?.misleads).toContain("320 msg/s, 0 % less");
  expect(pods?.misleads).toContain("takes 5 pods, and 6");
});

test("shares that are none are refused", () => {
  expect(() => explainSeed([0.5, 0.4])).toThrow(UsageError);
});
