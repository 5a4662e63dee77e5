import { expect, test } from "vitest";

import { describeFindings } from "./describe-findings.ts";
import { examineAll } from "./examine.ts";
import { fakeMachine } from "./fake-machine.test-support.ts";
import { programsFor } from "./programs.ts";

async function described(...installed: string[]): Promise<string> {
  return describeFindings(await examineAll(fakeMachine({ installed }), programsFor("servers"))).join("\n");
}

test("servers that are missing are no dead end: the way without them is shown below", async () => {
  const text = await described("redis-server");
  expect(text).toMatch(/nats-server is missing \(required: --servers real\)/);
  expect(text).toMatch(/until then: --servers embedded .*--world sim/);
});

test("nobody is told of stand-ins where the servers are there", async () => {
  expect(await described("redis-server", "nats-server")).not.toContain("embedded");
});
