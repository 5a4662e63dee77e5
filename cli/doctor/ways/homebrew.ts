import { lastLine, type Way } from "./way.ts";

const timeoutMs = 600_000;

/** Homebrew, on a Mac or on Linux. */
export function homebrew(formula: string): Way {
  return {
    name: "brew",
    async obtain(machine) {
      if (machine.find("brew") === undefined) return "not on this machine";
      const env = { HOMEBREW_NO_AUTO_UPDATE: "1", NONINTERACTIVE: "1" };
      const { ok, output } = await machine.run(["brew", "install", formula], { timeoutMs, env });
      return ok ? undefined : lastLine(output);
    },
  };
}
