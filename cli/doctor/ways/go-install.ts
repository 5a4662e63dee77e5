import { join } from "node:path";

import type { Machine } from "../machine.ts";
import { lastLine, type Way } from "./way.ts";

/** What `go install` cannot know from a module alone. */
export interface GoInstallOptions {
  /** Variables of the program that the linker sets, by their full names. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What the module calls its program, and what it is called here. */
  readonly rename?: { readonly from: string; readonly to: string };
}

const timeoutMs = 600_000;
const moveTimeoutMs = 10_000;

/** Builds a program that is written in Go, into the project's own folder, through Go's module proxy. */
export function goInstall(module: string, { variables = {}, rename }: GoInstallOptions = {}): Way {
  const flags = Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`);
  const command = ["go", "install", ...(flags.length === 0 ? [] : ["-ldflags", flags.join(" ")]), module];
  return {
    name: "go install",
    async obtain(machine) {
      if (machine.find("go") === undefined) return "needs Go, which is not on this machine";
      if (rename) return buildAndRename(command, rename, machine);
      return build(command, machine.ownBinaryFolder, machine);
    },
  };
}

async function build(command: readonly string[], folder: string, machine: Machine): Promise<string | undefined> {
  const { ok, output } = await machine.run(command, { timeoutMs, env: { GOBIN: folder } });
  return ok ? undefined : lastLine(output);
}

/** A general name like `server` must not lie in a folder where programs are looked for, not even for a moment. */
async function buildAndRename(
  command: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
  machine: Machine,
): Promise<string | undefined> {
  const folder = join(machine.ownBinaryFolder, `.building-${to}-${process.pid}`);
  const failure = await build(command, folder, machine);
  if (failure !== undefined) return failure;
  const move = ["mv", "-f", join(folder, from), join(machine.ownBinaryFolder, to)];
  const { ok, output } = await machine.run(move, { timeoutMs: moveTimeoutMs });
  // What is left behind is an empty folder at worst.
  await machine.run(["rm", "-rf", folder], { timeoutMs: moveTimeoutMs });
  return ok ? undefined : lastLine(output);
}
