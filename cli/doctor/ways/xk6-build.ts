import { join } from "node:path";

import type { Machine } from "../machine.ts";
import { lastLine, type Way } from "./way.ts";

/** What is built. */
export interface Xk6BuildOptions {
  /** Version of k6: `v1.8.1`. */
  readonly k6: string;
  /** Module of the extension, whose source is in `loadgen/k6/nats`. */
  readonly extension: string;
}

const sources = join(import.meta.dirname, "..", "..", "..", "loadgen", "k6");
const buildTimeoutMs = 900_000;
const moveTimeoutMs = 10_000;

/**
 * Builds k6 with its extension by xk6, into the project's own folder. xk6 is pinned with its checksums by a module of
 * the project; everything comes through Go's module proxy.
 */
export function xk6Build({ k6, extension }: Xk6BuildOptions): Way {
  return {
    name: `xk6 build ${k6}`,
    async obtain(machine) {
      if (machine.find("go") === undefined) return "needs Go, which is not on this machine";
      const folder = join(machine.ownBinaryFolder, `.building-k6-${process.pid}`);
      const [xk6, built] = [join(folder, "xk6"), join(folder, "k6")];
      const failure = await firstFailure(machine, [
        ["go", "build", "-C", join(sources, "xk6"), "-o", xk6, "go.k6.io/xk6/cmd/xk6"],
        [xk6, "build", k6, "--with", `${extension}=${join(sources, "nats")}`, "--output", built],
        ["mv", "-f", built, join(machine.ownBinaryFolder, "k6")],
      ]);
      // What is left behind of a failed build is a folder that nobody looks for programs in.
      await machine.run(["rm", "-rf", folder], { timeoutMs: moveTimeoutMs });
      return failure;
    },
  };
}

async function firstFailure(machine: Machine, commands: readonly (readonly string[])[]): Promise<string | undefined> {
  for (const command of commands) {
    const { ok, output } = await machine.run(command, { timeoutMs: buildTimeoutMs });
    if (!ok) return lastLine(output);
  }
  return undefined;
}
