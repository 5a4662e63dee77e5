import { expect, test } from "vitest";

import { runProgram } from "./run-program.ts";

test("tells what a program wrote, and whether it went well", async () => {
  expect(await runProgram(["sh", "-c", "echo out; echo err >&2"], { timeoutMs: 10_000 })).toMatchObject({ ok: true });
  const failed = await runProgram(["sh", "-c", "echo $WORD; exit 3"], { timeoutMs: 10_000, env: { WORD: "why" } });
  expect(failed).toEqual({ ok: false, output: "why" });
});

test("takes arguments as they are: there is no shell", async () => {
  expect(await runProgram(["echo", "$HOME; `id`"], { timeoutMs: 10_000 })).toEqual({ ok: true, output: "$HOME; `id`" });
});

test("a program that does not exist is a failure, and no exception", async () => {
  const { ok, output } = await runProgram(["seatrial-no-such-program"], { timeoutMs: 10_000 });
  expect(ok).toBe(false);
  expect(output).toContain("ENOENT");
});

test("a program that takes too long is ended", async () => {
  const { ok, output } = await runProgram(["sleep", "600"], { timeoutMs: 50 });
  expect(ok).toBe(false);
  expect(output).toContain("given up after 0.05 s");
});
