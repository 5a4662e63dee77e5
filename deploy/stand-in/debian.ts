import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { EnvironmentError } from "../../core/mod.ts";
import { command } from "../../worlds/compose/docker/command.ts";
import { findBinary } from "../../worlds/local/mod.ts";

const suite = "bookworm";
const mirror = "http://deb.debian.org/debian";
/** Node needs the library; health checks of the compose files need `wget`, which busybox is. */
const packages = ["redis-server", "nats-server", "libstdc++6", "busybox"];
const installWithinMs = 600_000;

/**
 * A tar file of a small Debian with Redis and NATS, made by debootstrap: half a minute the first time.
 *
 * @param cache - folder in which it is kept
 * @throws EnvironmentError `debootstrap_missing` or, for who is not root, `not_root`.
 */
export async function debianTar(cache: string, progress: (line: string) => void): Promise<string> {
  const tar = join(cache, `${suite}-${packages.join("-")}.tar`);
  if (existsSync(tar)) return tar;
  assertPossible();
  progress(`installing Debian ${suite} with ${packages.join(", ")} by debootstrap`);
  const root = join(cache, `root-${process.pid}`);
  try {
    mkdirSync(root, { recursive: true });
    await install(root);
    // Under its own name only when it is complete.
    await command(["tar", "-C", root, "-cf", `${root}.tar`, "."], { timeoutMs: installWithinMs });
    renameSync(`${root}.tar`, tar);
  } finally {
    rmSync(root, { recursive: true, force: true });
    rmSync(`${root}.tar`, { force: true });
  }
  return tar;
}

async function install(root: string): Promise<void> {
  const options = ["--variant=minbase", `--include=${packages.join(",")}`];
  await command(["debootstrap", ...options, suite, root, mirror], { timeoutMs: installWithinMs });
  for (const path of ["var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"]) {
    rmSync(join(root, path), { recursive: true, force: true });
  }
  symlinkSync("/bin/busybox", join(root, "usr/bin/wget"));
}

function assertPossible(): void {
  if (findBinary("debootstrap") === undefined) {
    const hint = "run `npm run seatrial -- doctor --fix --for compose` to obtain it";
    throw new EnvironmentError("debootstrap_missing", "Stand-in images need debootstrap", hint);
  }
  if (process.getuid?.() !== 0) {
    throw new EnvironmentError("not_root", "Only root can make a Debian with debootstrap", "run it as root");
  }
}
