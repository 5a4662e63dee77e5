import { randomBytes } from "node:crypto";
import { once } from "node:events";

import { blindWitness, messageOf, systemClock, type Cluster, type ServersKind } from "../../core/mod.ts";
import { bootLocalWorld } from "../../worlds/local/mod.ts";
import { forgetPlane, rememberPlane } from "./state.ts";

/**
 * The background process behind `seatrial up`: boots a plane, says so to its parent, and keeps it until SIGTERM.
 * Its argument is a JSON {@link KeeperOrder}.
 */
export interface KeeperOrder {
  readonly cluster: Cluster;
  readonly variables: Readonly<Record<string, string>>;
  readonly servers: ServersKind;
  readonly folder: string;
}

/** What the keeper tells its parent. */
export type KeeperReport = { readonly ready: true } | { readonly ready: false; readonly error: string };

const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stop.abort());

const order = JSON.parse(process.argv[2] ?? "{}") as KeeperOrder;
try {
  await keep(order);
} catch (thrown) {
  tell({ ready: false, error: messageOf(thrown) });
  process.exitCode = 3;
}
if (process.connected) process.disconnect();

async function keep({ cluster, variables, servers, folder }: KeeperOrder): Promise<void> {
  const originNs = process.hrtime.bigint();
  const apiKey = randomBytes(16).toString("hex");
  await using world = await bootLocalWorld({
    cluster,
    variables: { ...variables, CORDUM_API_KEYS: `${apiKey}:default` },
    without: [],
    servers,
    folder,
    clock: systemClock(originNs),
    originNs,
    witness: blindWitness,
    witnessed: false,
    signal: stop.signal,
  });
  const { redisUrl, natsUrl } = world;
  const replicas = world.replicas().map(({ id, url = "" }) => ({ id, url }));
  rememberPlane({ pid: process.pid, gateways: world.gateways(), replicas, apiKey, redisUrl, natsUrl, servers, folder });
  tell({ ready: true });
  if (!stop.signal.aborted) await once(stop.signal, "abort");
  forgetPlane();
}

function tell(report: KeeperReport): void {
  process.send?.(report);
}
