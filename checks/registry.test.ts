import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import * as checks from "./mod.ts";
import type { Check } from "./check.ts";

/** Every check, made with whatever it needs. */
const made: Readonly<Record<string, Check>> = {
  allReplicasHealthy: checks.allReplicasHealthy(),
  degradedLimitHolds: checks.degradedLimitHolds({ limitPerSecond: 100, client: "even" }),
  delaysAreNotEarly: checks.delaysAreNotEarly(),
  everyEffectIsAcknowledged: checks.everyEffectIsAcknowledged(),
  everyFaultStrikes: checks.everyFaultStrikes(1),
  everyRunEnds: checks.everyRunEnds(),
  faultsMeetRuns: checks.faultsMeetRuns(50),
  legalTransitions: checks.legalTransitions(),
  linkFaultsAreFelt: checks.linkFaultsAreFelt(),
  lockIsExclusive: checks.lockIsExclusive(),
  lostRepliesAreResolved: checks.lostRepliesAreResolved(),
  noEffectTwice: checks.noEffectTwice(),
  noJobIsLost: checks.noJobIsLost(),
  oneDispatchPerEpoch: checks.oneDispatchPerEpoch(),
  oneExecutionPerEpoch: checks.oneExecutionPerEpoch(),
  oneJobPerKey: checks.oneJobPerKey(),
  oneLeaderAtATime: checks.oneLeaderAtATime(),
  oneTerminalState: checks.oneTerminalState(),
  onlyTheTailIsLost: checks.onlyTheTailIsLost(),
  rateLimitHolds: checks.rateLimitHolds({ limitPerSecond: 100, client: "even" }),
  recoversWithin: checks.recoversWithin("10s"),
  stepsRunOnceInOrder: checks.stepsRunOnceInOrder(),
  workersAgree: checks.workersAgree({ within: "10s" }),
};

test("the catalog lists every check of this folder, and nothing else", () => {
  const exported = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && !file.includes(".test"))
    .flatMap((file) => checksIn(readFileSync(`${import.meta.dirname}/${file}`, "utf8")))
    .filter((name) => name !== "exclusiveSections");
  const listed = checks.checkCatalog.map(({ name }) => name);
  expect(exported.toSorted()).toEqual(listed);
  expect(Object.keys(made)).toEqual(listed);
});

test("every check of the catalog can be had from the folder's mod.ts", () => {
  expect(checks.checkCatalog.filter(({ name }) => !(name in checks))).toEqual([]);
});

test("verdicts are titled as the catalog says", () => {
  for (const { name, title } of checks.checkCatalog) expect(made[name]?.title).toMatch(new RegExp(`^${title}\\b`));
});

test("no check passes on an empty history", () => {
  const empty = { size: 0, endedAt: 0, jobs: new Map() };
  const lists = [
    "phases",
    "operations",
    "sections",
    "faults",
    "replicas",
    "stalls",
    "workersReads",
    "healthReads",
    "workflows",
    "runReads",
    "samples",
  ];
  const history = { ...empty, ...Object.fromEntries(lists.map((list) => [list, []])) } as unknown as Parameters<
    Check["judge"]
  >[0];
  for (const check of Object.values(made)) {
    expect(check.judge(history)).toMatchObject({ check: check.title, status: "unknown", examined: 0, violations: 0 });
  }
});

/** The names of functions that a file exports and that make a check. */
function checksIn(source: string): string[] {
  return [...source.matchAll(/^export function (\w+).*\): Check \{$/gm)].map(([, name = ""]) => name);
}
