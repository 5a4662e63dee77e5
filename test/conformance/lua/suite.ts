import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startRedis } from "../../../worlds/local/servers/redis.ts";
import type { ConformanceSuite } from "../suite.ts";
import { engineArm, serverArm } from "./arms.ts";
import { explore } from "./compare.ts";

/** Lua in the Redis engine and in redis-server, over random scripts. */
export const lua: ConformanceSuite = {
  title: "random scripts in the Redis engine and in redis-server",
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), "seatrial-conformance-lua-"));
    try {
      await using server = await startRedis(folder);
      const real = await serverArm(server.port);
      const [first] = await explore(real, engineArm(), { scripts: options.commands, seed: options.seed });
      real.close();
      options.onProgress(options.commands);
      return {
        commands: options.commands,
        divergence: first && `${first.script}\n  Redis  ${first.redis}\n  engine ${first.engine}`,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
