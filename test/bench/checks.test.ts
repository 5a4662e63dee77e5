import { expect, test } from "vitest";

import { checks } from "./checks.ts";

test("the made-up history is one that every check passes, and each is timed", async () => {
  for await (const { numbers } of checks.run({ jobs: 20_000 })) {
    expect(numbers["events"]?.median).toBeGreaterThan(19_000);
    expect(Object.keys(numbers).filter((name) => name.startsWith("judgeMs/"))).toHaveLength(12);
  }
  expect.assertions(2);
});
