import { expect, test } from "vitest";

import { Teardown } from "./teardown.ts";

test("ends the last things first, and only once", async () => {
  const story: string[] = [];
  const teardown = new Teardown();
  teardown.add(() => void story.push("first"));
  teardown.add(async () => void story.push("second"));
  await Promise.all([teardown.run(), teardown.run()]);
  expect(story).toEqual(["second", "first"]);
});

test("a step that fails keeps no other from being taken, and is told", async () => {
  const story: string[] = [];
  const teardown = new Teardown();
  teardown.add(() => void story.push("first"));
  teardown.add(() => Promise.reject(new Error("no")));
  await expect(teardown.run()).rejects.toThrow("no");
  expect(story).toEqual(["first"]);
});

test("of several failures the first is thrown, and each is told", async () => {
  const lines: string[] = [];
  const teardown = new Teardown((line) => lines.push(line));
  for (const name of ["consequence", "cause"]) teardown.add(() => Promise.reject(new Error(name)));
  await expect(teardown.run()).rejects.toThrow("cause");
  expect(lines).toEqual(["could not be ended: cause", "could not be ended: consequence"]);
});

test("what is begun after the end is ended at once", async () => {
  const story: string[] = [];
  const teardown = new Teardown();
  await teardown.run();
  teardown.add(() => void story.push("late"));
  await teardown.run();
  expect(story).toEqual(["late"]);
});
