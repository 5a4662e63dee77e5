import { messageOf, SeatrialError, systemClock, type Role } from "../core/mod.ts";
import { readConfig } from "./config/config.ts";
import { startReplica } from "./plane.ts";

const roles: readonly Role[] = ["gateway", "scheduler", "workflow", "worker"];

/**
 * Runs one replica until SIGINT or SIGTERM: `node reference/main.ts scheduler`.
 *
 * It is configured by environment variables alone; see `reference/config/settings.ts`.
 */
async function main(role: string | undefined): Promise<void> {
  if (!isRole(role)) {
    process.stderr.write(`usage: node reference/main.ts ${roles.join("|")}\n`);
    process.exitCode = 2;
    return;
  }
  const replica = await startReplica({ role, config: readConfig(process.env), clock: systemClock() });
  process.stdout.write(`${role} listens on ${replica.url}\n`);
  const stopped = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => resolve());
  });
  await stopped;
  await replica.stop();
}

function isRole(text: string | undefined): text is Role {
  return (roles as readonly (string | undefined)[]).includes(text);
}

try {
  await main(process.argv[2]);
} catch (thrown) {
  if (!(thrown instanceof SeatrialError)) throw thrown;
  process.stderr.write(`${messageOf(thrown)}\n${thrown.hint ? `  ${thrown.hint}\n` : ""}`);
  process.exitCode = thrown.exitCode;
}
