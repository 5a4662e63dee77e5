import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

import { startPrivateEngine } from "./engine/private-engine.ts";
import { script } from "./script.ts";
import { buildStandInImages } from "./stand-in/images.ts";

/**
 * Runs a command with a Docker Engine that is there for it alone, and with stand-in images in it:
 * `node deploy/with-private-engine.ts npm run seatrial -- run gate-19 --world compose`
 */
await script(async ([program, ...args], say) => {
  if (program === undefined) {
    say("usage: node deploy/with-private-engine.ts <command> [argument…]");
    return 2;
  }
  // A terminal's Ctrl-C reaches the command too, which ends in its own time; the engine goes after it.
  process.on("SIGINT", () => undefined);
  await using engine = await startPrivateEngine();
  say(`a Docker Engine of its own answers at ${engine.host}`);
  process.env["DOCKER_HOST"] = engine.host;
  Object.assign(process.env, await buildStandInImages(say));
  return await run(program, args);
});

async function run(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
