import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startNats } from "../../../worlds/local/servers/nats.ts";
import type { ConformanceSuite } from "../suite.ts";
import { explore } from "./explore.ts";

/** The NATS engine and nats-server, over random requests to JetStream. */
export const nats: ConformanceSuite = {
  title: "random requests to JetStream, on the NATS engine and on nats-server",
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), "seatrial-conformance-nats-"));
    try {
      await using server = await startNats(folder);
      return await explore(server.port, options);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
