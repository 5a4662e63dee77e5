import { once } from "node:events";
import { createServer, type Server } from "node:http";

import { Redis } from "ioredis";

import { runReplica, type StartReplica } from "../inside/run-replica.ts";

/**
 * A plane of nothing but its edges, for the tests of the world: an HTTP server that makes one port call a request, a
 * lease for the first scheduler, and one job for each worker. What goes wrong is chosen by the log level.
 */
const startStub: StartReplica = async ({ role, config, witness, work, intercept }) => {
  if (config.logLevel === "broken" && role === "worker") throw new Error("the stub was told to break");
  let advances = 0;
  const port = {
    async advance(_change: { readonly path: readonly string[] }) {
      advances += 1;
      witness.record({ kind: "sample", name: "advance", value: advances });
      return advances;
    },
  };
  const jobs = intercept ? intercept("jobs", port) : port;
  if (role === "scheduler") await lead(config.redisUrl, config.instance);
  const job = `job-of-${config.instance}`;
  await work?.({ job, epoch: 1, topic: "job.default", payload: {}, signal: new AbortController().signal });
  const server = createServer((_request, response) => {
    void jobs.advance({ path: [] }).then((count) => response.end(`${count}`));
  });
  server.listen(config.httpPort, config.httpHost);
  await once(server, "listening");
  const stop = (): Promise<void> =>
    config.logLevel === "stubborn" ? Promise.withResolvers<void>().promise : closed(server);
  return { url: urlOf(server), stop };
};

async function lead(redisUrl: string, instance: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.set("cordum:reconciler:default", `${instance}:token`, "PX", 60_000, "NX");
  redis.disconnect();
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

function urlOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

await runReplica(startStub);
