import { expect, test } from "vitest";

import { effect, story, submitted } from "../../checks/story.test-support.ts";
import { callsDuringWork, crashPointsOf } from "./crash-points.ts";

/** The load begins at 100, and the last that is known of its job is its effect at 200. */
const history = story(
  { kind: "phase", phase: "load", at: 100, who: "harness" },
  submitted("a", 110),
  effect("a", 200),
  { kind: "phase", phase: "converged", at: 45_000, who: "harness" },
);

const heard = (at: number, call: string, replica = "scheduler-1") => ({ at, replica, call });

test("calls are counted by name and replica, from the beginning of the load on, as traps count", () => {
  const calls = [
    heard(50, "jobs.open"),
    heard(120, "jobs.open"),
    heard(130, "jobs.open", "scheduler-2"),
    heard(140, "jobs.open"),
  ];
  expect(callsDuringWork(calls, history).map(({ replica, nth }) => [replica, nth])).toEqual([
    ["scheduler-1", 1],
    ["scheduler-2", 1],
    ["scheduler-1", 2],
  ]);
});

test("what comes long after the work does not belong to it, and the release of a lock does", () => {
  const calls = [heard(220, "locks.release"), heard(300, "jobs.unfinished")];
  expect(callsDuringWork(calls, history).map(({ call }) => call)).toEqual(["locks.release"]);
});

test("a call and its finer name are one call", () => {
  const calls = [
    heard(120, "jobs.advance"),
    heard(120, "jobs.advance:DISPATCHED"),
    heard(120, "redis.script"),
    heard(120, "redis.script:job-advance"),
    heard(130, "bus.deliver:sys.job.submit"),
  ];
  expect(callsDuringWork(calls, history).map(({ call, name }) => [call, name])).toEqual([
    ["jobs.advance", "jobs.advance:DISPATCHED"],
    ["redis.script", "redis.script:job-advance"],
    ["bus.deliver:sys.job.submit", "bus.deliver:sys.job.submit"],
  ]);
});

test("each call has two points, one on either side", () => {
  const points = crashPointsOf(callsDuringWork([heard(120, "jobs.open"), heard(121, "jobs.open")], history));
  expect(points.map(({ nth, when }) => `${when} ${nth}`)).toEqual(["before 1", "after 1", "before 2", "after 2"]);
});
