import type { Machine } from "../machine.ts";

const timeoutMs = 30_000;

/**
 * Installs a package, and turns off the service that came with it: Seatrial starts servers of its own, and nobody
 * asked for one on the standard port. A service that was there before is left as it is.
 */
export async function keepServiceOff(
  service: string,
  privilege: readonly string[],
  machine: Machine,
  install: () => Promise<string | undefined>,
): Promise<string | undefined> {
  if (!machine.hasSystemd) return install();
  const isThere = async (): Promise<boolean> => (await machine.run(["systemctl", "cat", service], { timeoutMs })).ok;
  const wasThere = await isThere();
  const failure = await install();
  if (failure === undefined && !wasThere && (await isThere())) {
    // If it cannot be turned off the program is there all the same, and uses a port that no trial uses.
    await machine.run([...privilege, "systemctl", "disable", "--now", service], { timeoutMs });
  }
  return failure;
}
