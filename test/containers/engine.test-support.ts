import { afterAll, beforeAll, beforeEach } from "vitest";

import { startPrivateEngine, type PrivateEngine } from "../../deploy/engine/private-engine.ts";
import { buildStandInImages } from "../../deploy/stand-in/images.ts";
import { messageOf, SeatrialError } from "../../core/mod.ts";
import { docker } from "../../worlds/compose/docker/command.ts";
import { findEngine } from "../../worlds/compose/docker/engine.ts";

const readyWithinMs = 400_000;
const pinnedImage = "redis:7.4.5-alpine";

/** A Docker Engine for the tests of one file. */
export interface TestEngine {
  /** An image that has Redis. */
  readonly redisImage: string;
  /** Whether there is an image of Toxiproxy: one cannot stand in where nobody has built the program. */
  readonly hasToxiproxy: boolean;
}

/**
 * A Docker Engine with every image that is needed: the one that answers here, else a private one with stand-in images,
 * which is gone afterwards. Where there is neither, each test of the file is skipped, with the reason.
 */
export function useEngine(): TestEngine {
  let reason: string | undefined;
  let engine: PrivateEngine | undefined;
  const before = { ...process.env };
  beforeAll(async () => {
    // Its cleaner is an image of a registry; and a private engine has no default bridge to learn the host from.
    Object.assign(process.env, { TESTCONTAINERS_RYUK_DISABLED: "true", TESTCONTAINERS_HOST_OVERRIDE: "127.0.0.1" });
    try {
      engine = await prepare();
    } catch (thrown) {
      if (!(thrown instanceof SeatrialError)) throw thrown;
      reason = messageOf(thrown);
      process.stderr.write(`tests with containers are skipped: ${reason}\n`);
    }
  }, readyWithinMs);
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(async () => {
    await engine?.[Symbol.asyncDispose]();
    process.env = before;
  }, 60_000);
  return {
    get redisImage() {
      return process.env["REDIS_IMAGE"] ?? pinnedImage;
    },
    get hasToxiproxy() {
      return process.env["SEATRIAL_INSTALL"] === undefined || "TOXIPROXY_IMAGE" in process.env;
    },
  };
}

/** The engine that has been started for these tests; nothing when there was one. */
async function prepare(): Promise<PrivateEngine | undefined> {
  if (await anEngineAnswers()) {
    if (process.env["REDIS_IMAGE"] === undefined) await obtainImages();
    return undefined;
  }
  const engine = await startPrivateEngine();
  process.env["DOCKER_HOST"] = engine.host;
  try {
    await findEngine();
    await useStandIns();
    return engine;
  } catch (thrown) {
    await engine[Symbol.asyncDispose]();
    throw thrown;
  }
}

async function anEngineAnswers(): Promise<boolean> {
  try {
    await findEngine();
    return true;
  } catch (thrown) {
    if (thrown instanceof SeatrialError && thrown.code === "engine_missing") return false;
    throw thrown;
  }
}

/** From the registry, where there is one. */
async function obtainImages(): Promise<void> {
  try {
    await docker(["pull", "--quiet", pinnedImage], { timeoutMs: 120_000 });
  } catch (thrown) {
    if (!(thrown instanceof SeatrialError)) throw thrown;
    await useStandIns();
  }
}

async function useStandIns(): Promise<void> {
  Object.assign(process.env, await buildStandInImages(() => undefined));
}
