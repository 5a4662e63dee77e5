import { expect, test } from "vitest";

import * as reference from "../reference/domain/job-state.ts";
import { isLegal, isTerminal } from "./transitions.ts";

const states = ["NONE", ...reference.jobStates] as const;

test("the checks' own table agrees with the reference's about every step", () => {
  const disagreements = states.flatMap((from) =>
    reference.jobStates
      .filter((to) => isLegal(from, to) !== reference.isLegal(from, to))
      .map((to) => `${from} to ${to}`),
  );
  expect(disagreements).toEqual([]);
});

test("the checks and the reference agree about which states are an end", () => {
  for (const state of states) expect([state, isTerminal(state)]).toEqual([state, reference.isTerminal(state)]);
});

test("nothing follows an end but a quarantine, and nothing leads to nothing", () => {
  const ends = reference.jobStates.filter((state) => isTerminal(state));
  const steps = ends.flatMap((from) => states.filter((to) => isLegal(from, to)).map((to) => `${from} to ${to}`));
  expect(steps).toEqual(["SUCCEEDED to OUTPUT_QUARANTINED"]);
  expect(states.some((from) => isLegal(from, "NONE"))).toBe(false);
  expect(isLegal("no such state", "PENDING")).toBe(false);
});
