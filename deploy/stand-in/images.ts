import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { docker, linesIn } from "../../worlds/compose/docker/command.ts";
import { findBinary } from "../../worlds/local/mod.ts";
import { debianTar } from "./debian.ts";
import { copyProductionModules } from "./production-modules.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const node = join(root, "node_modules", "node", "bin", "node");
const modulesInImage = "/opt/seatrial/node_modules";

/** Where what takes long to make is kept. */
const standInCache = join(root, ".seatrial", "stand-in");

/**
 * Builds images that stand in for those of a registry, with this machine's Docker Engine: a Debian with Redis and
 * NATS, the pinned Node with the production modules that are installed here, and Toxiproxy if it is here.
 *
 * @returns the environment variables by which docker-compose.yml and deploy/Dockerfile take them.
 * @throws EnvironmentError `debootstrap_missing`, `not_root`, `docker_failed`
 */
export async function buildStandInImages(progress: (line: string) => void): Promise<Record<string, string>> {
  mkdirSync(standInCache, { recursive: true });
  const servers = await importServers(progress);
  const nodeImage = await buildNode(servers, progress);
  const toxiproxy = findBinary("toxiproxy-server");
  return {
    REDIS_IMAGE: servers,
    NATS_IMAGE: servers,
    SEATRIAL_NODE_IMAGE: nodeImage,
    SEATRIAL_INSTALL: `cp -R ${modulesInImage} node_modules`,
    SEATRIAL_BUILD_NETWORK: "none",
    ...(toxiproxy === undefined ? {} : { TOXIPROXY_IMAGE: await buildToxiproxy(servers, toxiproxy, progress) }),
  };
}

async function importServers(progress: (line: string) => void): Promise<string> {
  const tar = await debianTar(standInCache, progress);
  const image = `seatrial-stand-in/servers:${digest(tar)}`;
  if (await isThere(image)) return image;
  progress("importing Redis and NATS");
  await docker(["import", tar, image], { timeoutMs: 120_000 });
  return image;
}

/** What the image holds decides its name: another lockfile, another Node or another Debian is another image. */
function buildNode(base: string, progress: (line: string) => void): Promise<string> {
  const image = `seatrial-stand-in/node:${digest(base, readFileSync(join(root, "package-lock.json"), "utf8"))}`;
  return build(image, progress, (context) => {
    cpSync(node, join(context, "node"));
    copyProductionModules(root, context);
    return [`FROM ${base}`, "COPY node /usr/local/bin/node", `COPY node_modules ${modulesInImage}`];
  });
}

function buildToxiproxy(base: string, program: string, progress: (line: string) => void): Promise<string> {
  return build(`seatrial-stand-in/toxiproxy:${digest(base, program)}`, progress, (context) => {
    cpSync(program, join(context, "toxiproxy"));
    return [`FROM ${base}`, "COPY toxiproxy /toxiproxy", 'ENTRYPOINT ["/toxiproxy"]'];
  });
}

/** @param fill - puts files into a folder, and answers the Dockerfile that copies them */
async function build(
  image: string,
  progress: (line: string) => void,
  fill: (context: string) => readonly string[],
): Promise<string> {
  if (await isThere(image)) return image;
  progress(`building ${image}`);
  const context = mkdtempSync(join(standInCache, "context-"));
  try {
    writeFileSync(join(context, "Dockerfile"), `${fill(context).join("\n")}\n`);
    await docker(["build", "--quiet", "--tag", image, context], { timeoutMs: 120_000 });
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
  return image;
}

async function isThere(image: string): Promise<boolean> {
  return linesIn(await docker(["image", "ls", "--quiet", image])).length > 0;
}

function digest(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12);
}
