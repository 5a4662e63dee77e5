import { expect, test } from "vitest";

import type { Command, Redis } from "../../ports/mod.ts";
import { gathered } from "./gathered.ts";
import { manualClock } from "./manual-clock.test-support.ts";
import { testParts } from "./parts.test-support.ts";

function gathering(answer: () => Promise<unknown> = () => Promise.resolve(1)) {
  const sent: Command[] = [];
  const redis: Pick<Redis, "command"> = {
    command(...command) {
      sent.push(command);
      return answer();
    },
  };
  const clock = manualClock();
  const members = gathered<string>({ ...testParts(), redis, clock }, (ids) => ["ZREM", "index", ...ids]);
  return { members, sent, clock };
}

test("members that come within 20 ms share one command", async () => {
  const { members, sent, clock } = gathering();
  members.add("a");
  await clock.pass(10);
  members.add("b");
  expect(sent).toEqual([]);
  await clock.pass(10);
  members.add("c");
  await clock.pass(20);
  expect(sent).toEqual([
    ["ZREM", "index", "a", "b"],
    ["ZREM", "index", "c"],
  ]);
});

test("five hundred members wait no longer, and none is sent twice", async () => {
  const { members, sent, clock } = gathering();
  for (let index = 0; index < 501; index++) members.add(`${index}`);
  expect(sent.map((command) => command.length)).toEqual([502]);
  await clock.pass(20);
  expect(sent.flatMap((command) => command.slice(2))).toHaveLength(501);
});

test("a command that fails is nobody's error, and the next one is sent", async () => {
  const { members, sent, clock } = gathering(() => Promise.reject(new Error("away")));
  members.add("a");
  await clock.pass(20);
  members.add("b");
  await clock.pass(20);
  expect(sent).toHaveLength(2);
});
