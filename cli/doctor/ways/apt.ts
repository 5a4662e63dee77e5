import type { Machine } from "../machine.ts";
import { keepServiceOff } from "./keep-service-off.ts";
import { lastLine, type Way } from "./way.ts";

const updateTimeoutMs = 180_000;
const installTimeoutMs = 300_000;
/** Somebody else may be installing something. */
const lockTimeout = "DPkg::Lock::Timeout=60";

/** A package of Debian's, as root or with a sudo that asks no password. The lists are brought up to date once. */
export function apt(name: string): Way {
  return {
    name: "apt-get",
    async obtain(machine) {
      if (machine.find("apt-get") === undefined) return "not on this machine";
      const privilege = await privilegeOf(machine);
      if (!privilege) return "needs root, or sudo without a password";
      // An old list may do: what is missing from it shows in the next step.
      await updateOnce(machine, privilege);
      return keepServiceOff(name, privilege, machine, () =>
        aptGet(machine, privilege, ["install", "--yes", "--no-install-recommends", name], installTimeoutMs),
      );
    },
  };
}

const updates = new WeakMap<Machine, Promise<unknown>>();

async function updateOnce(machine: Machine, privilege: readonly string[]): Promise<void> {
  const update = updates.get(machine) ?? aptGet(machine, privilege, ["update"], updateTimeoutMs);
  updates.set(machine, update);
  await update;
}

/** What to put before a command so that it runs as root. */
async function privilegeOf(machine: Machine): Promise<readonly string[] | undefined> {
  if (machine.isRoot) return [];
  if (machine.find("sudo") === undefined) return undefined;
  const { ok } = await machine.run(["sudo", "-n", "true"], { timeoutMs: 10_000 });
  return ok ? ["sudo", "-n"] : undefined;
}

async function aptGet(
  machine: Machine,
  privilege: readonly string[],
  args: readonly string[],
  timeoutMs: number,
): Promise<string | undefined> {
  // sudo drops the environment, so the variable is part of the command.
  const command = [...privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", lockTimeout, ...args];
  const { ok, output } = await machine.run(command, { timeoutMs });
  return ok ? undefined : lastLine(output);
}
