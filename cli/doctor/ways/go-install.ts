import { lastLine, type Way } from "./way.ts";

const timeoutMs = 600_000;

/** Builds a program that is written in Go, into the project's own folder. */
export const goInstallWay: Way = {
  name: "go install",
  async obtain({ name, goModule }, machine) {
    if (goModule === undefined) return `cannot build ${name}, which is not written in Go`;
    if (machine.find("go") === undefined) return "needs Go, which is not on this machine";
    const env = { GOBIN: machine.ownBinaryFolder };
    const { ok, output } = await machine.run(["go", "install", goModule], { timeoutMs, env });
    return ok ? undefined : lastLine(output);
  },
};
