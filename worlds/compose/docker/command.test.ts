import { expect, test } from "vitest";

import { command, linesIn } from "./command.ts";

test("answers what the program wrote to stdout, and nothing of stderr", async () => {
  expect(await command(["sh", "-c", "echo answer; echo noise >&2"])).toBe("answer");
  expect(await command(["sh", "-c", "echo $WORD"], { env: { ...process.env, WORD: "said" } })).toBe("said");
  expect(linesIn("one\ntwo\n")).toEqual(["one", "two"]);
  expect(linesIn("")).toEqual([]);
});

test("a failure tells the end of what the program said", async () => {
  const failing = command(["sh", "-c", "echo first; echo why >&2; exit 3"]);
  await expect(failing).rejects.toMatchObject({
    code: "docker_failed",
    message: expect.stringMatching(/failed:[^]*why/),
  });
});

test("a program that is not installed is an error that says how to obtain it", async () => {
  const hint = expect.stringContaining("doctor --fix --for compose") as string;
  await expect(command(["seatrial-no-such-program"])).rejects.toMatchObject({ code: "docker_missing", hint });
});

test("a program that takes too long is ended, and so is one that nobody waits for any more", async () => {
  await expect(command(["sleep", "600"], { timeoutMs: 50 })).rejects.toMatchObject({ code: "docker_failed" });
  const controller = new AbortController();
  const running = command(["sleep", "600"], { signal: controller.signal });
  controller.abort(new Error("interrupted"));
  await expect(running).rejects.toThrow("interrupted");
  await expect(command(["true"], { signal: controller.signal })).rejects.toThrow("interrupted");
});
