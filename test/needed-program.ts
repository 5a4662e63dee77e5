import { beforeEach } from "vitest";

import { findBinary } from "../worlds/local/servers/find-binary.ts";

/** A program that tests use and that not every machine has. */
export interface NeededProgram {
  /** For `doctor --fix --for`. */
  readonly for: string;
  readonly isThere: boolean;
  /** What to say when it is not. */
  readonly missing: string;
}

/** What becomes of the tests of a program that is missing, and why. */
export interface Missing {
  readonly outcome: "skip" | "fail";
  readonly reason: string;
}

/** Toxiproxy, for the tests of the file or block that calls this; see {@link useProgram}. */
export function useToxiproxy(): { readonly isThere: boolean } {
  const isThere = findBinary("toxiproxy-server") !== undefined;
  return useProgram({ for: "faults", isThere, missing: "there is no toxiproxy-server" });
}

/**
 * The tests of the file or block that calls this need a program. Where it is missing, each of them is skipped, and the
 * reason is printed; or each fails, where that must not be.
 */
export function useProgram(program: NeededProgram): { readonly isThere: boolean } {
  const missing = missingProgram(program, { ci: process.env["CI"], hasGo: findBinary("go") !== undefined });
  if (missing === undefined) return { isThere: true };
  const { outcome, reason } = missing;
  process.stderr.write(`tests ${outcome === "skip" ? "are skipped" : "fail"}: ${reason}\n`);
  beforeEach((context) => {
    if (outcome === "fail") throw new Error(reason);
    context.skip(reason);
  });
  return { isThere: false };
}

/** A CI that has Go could have built it, so that something is wrong there: a skip would hide it for good. */
export function missingProgram(
  { for: purpose, isThere, missing }: NeededProgram,
  machine: { readonly ci: string | undefined; readonly hasGo: boolean },
): Missing | undefined {
  if (isThere) return undefined;
  const reason = `${missing}: doctor --fix --for ${purpose}`;
  const isCi = machine.ci !== undefined && machine.ci !== "" && machine.ci !== "false";
  return isCi && machine.hasGo
    ? { outcome: "fail", reason: `${reason} (CI has Go here, and so must have this)` }
    : { outcome: "skip", reason };
}
