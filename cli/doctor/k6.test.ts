import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { fakeMachine } from "./fake-machine.test-support.ts";
import { k6, pathOfK6 } from "./k6.ts";
import type { Machine } from "./machine.ts";

const saying = (machine: Machine, output: string): Machine => ({ ...machine, run: async () => ({ ok: true, output }) });

test("a k6 without the extension is of no use", async () => {
  const machine = fakeMachine({ installed: ["k6"] });
  expect(await k6.examine?.(saying(machine, "k6 v1.8.1"))).toMatchObject({ trouble: "it lacks k6/x/nats" });
  const complete = await k6.examine?.(
    saying(machine, "k6 v1.8.1\nExtensions:\n  seatrial.dev/xk6-nats, k6/x/nats [js]"),
  );
  expect(complete).toEqual({ path: "/fake/k6", version: "1.2.3" });
  expect(await k6.examine?.(fakeMachine({ installed: [] }))).toEqual({});
});

test("the one that was built here comes before any other", () => {
  const ownBinaryFolder = mkdtempSync(join(tmpdir(), "seatrial-test-k6-"));
  const machine = { ...fakeMachine({ installed: ["k6"] }), ownBinaryFolder };
  expect(pathOfK6(machine)).toBe("/fake/k6");
  writeFileSync(join(ownBinaryFolder, "k6"), "");
  expect(pathOfK6(machine)).toBe(join(ownBinaryFolder, "k6"));
  rmSync(ownBinaryFolder, { recursive: true });
});

test("it is built by a pinned xk6, moved into place when it is whole, and nothing is left of the building", async () => {
  const machine = fakeMachine({ installed: ["go"] });
  expect(await k6.ways[0]?.obtain(machine)).toBeUndefined();
  const [builder, build, move, clean] = machine.commands;
  expect(builder).toMatch(
    /^go build -C .*loadgen\/k6\/xk6 -o \/project\/\.seatrial\/bin\/\.building-k6-\d+\/xk6 go\.k6\.io/,
  );
  expect(build).toMatch(/xk6 build v1\.8\.1 --with seatrial\.dev\/xk6-nats=.*loadgen\/k6\/nats --output/);
  expect(move).toMatch(/^mv -f .* \/project\/\.seatrial\/bin\/k6$/);
  expect(clean).toMatch(/^rm -rf \/project\/\.seatrial\/bin\/\.building-k6-\d+$/);
});

test("without Go, and when the build fails, it says why", async () => {
  expect(await k6.ways[0]?.obtain(fakeMachine({ installed: [] }))).toBe("needs Go, which is not on this machine");
  const broken = fakeMachine({ installed: ["go"], failing: { "v1.8.1": "no such module" } });
  expect(await k6.ways[0]?.obtain(broken)).toBe("no such module");
  expect(broken.commands.some((command) => command.startsWith("mv"))).toBe(false);
});
