import { createHash } from "node:crypto";

import { docker } from "./docker/command.ts";
import { projectRoot } from "./project/compose-files.ts";

const buildWithinMs = 600_000;

/** How to build, by the environment variables that say it; deploy/replica.yaml reads the same ones. */
const choices = {
  SEATRIAL_NODE_IMAGE: (value: string) => ["--build-arg", `NODE_IMAGE=${value}`],
  SEATRIAL_INSTALL: (value: string) => ["--build-arg", `INSTALL=${value}`],
  SEATRIAL_BUILD_NETWORK: (value: string) => ["--network", value],
} as const;

/**
 * Builds the image of the plane on trial from this tree, which takes a second when nothing has changed.
 *
 * @returns its name.
 * @throws EnvironmentError `docker_failed` when it cannot be built, mostly because its base image cannot be had.
 */
export async function buildTrialImage(signal: AbortSignal): Promise<string> {
  // Another tree on this machine has another image.
  const tree = createHash("sha256").update(projectRoot).digest("hex").slice(0, 12);
  const image = `seatrial-trial:${tree}`;
  const dockerfile = ["--file", `${projectRoot}/deploy/Dockerfile`, "--target", "trial"];
  await docker(["build", "--quiet", "--tag", image, ...dockerfile, ...chosen(), projectRoot], {
    timeoutMs: buildWithinMs,
    signal,
  });
  return image;
}

function chosen(): string[] {
  return Object.entries(choices).flatMap(([variable, argument]) => {
    const value = process.env[variable];
    return value === undefined ? [] : argument(value);
  });
}
