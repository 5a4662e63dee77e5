import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startRedis } from "../../../worlds/local/servers/redis.ts";
import type { ConformanceSuite } from "../suite.ts";
import { engineArm, serverArm } from "./arms.ts";
import { explore } from "./explore.ts";

/** The Redis engine and redis-server, over random commands. */
export const redis: ConformanceSuite = {
  title: "random commands on the Redis engine and on redis-server",
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), "seatrial-conformance-redis-"));
    try {
      await using server = await startRedis(folder);
      const real = await serverArm(server.port);
      const result = await explore(real, engineArm(), options);
      real.close();
      return result;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
