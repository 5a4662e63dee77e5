import { UsageError, type Disturbed, type ServerFault, type ServerName } from "../../../core/mod.ts";
import type { NatsNode } from "./nats-node.ts";
import type { RedisServers } from "./redis-servers.ts";

/** The servers that can be struck. */
export interface StruckServers {
  readonly redis: RedisServers;
  readonly nats: NatsNode;
}

/** Strikes servers, each with one fault at a time: until it is healed, nobody knows what a second one would mean. */
export function serverStrikes(servers: StruckServers): (fault: ServerFault) => Promise<Disturbed> {
  const struck = new Set<ServerName>();
  return async (fault) => {
    const { server } = fault;
    if (struck.has(server)) throw new UsageError(`${server} is struck already`, "heal the first fault before the next");
    struck.add(server);
    const free = (): void => void struck.delete(server);
    const undo = await begin(servers, fault).catch((thrown: unknown) => {
      free();
      throw thrown;
    });
    let healing: Promise<void> | undefined;
    const heal = (): Promise<void> => (healing ??= undo().then(free));
    if (endsByItself[fault.kind]) void heal();
    return { heal };
  };
}

/** Its heal only waits. */
const endsByItself: Readonly<Record<ServerFault["kind"], boolean>> = {
  failOver: false,
  sleepPrimary: false,
  restartServer: true,
  loseLeader: true,
};

async function begin({ redis, nats }: StruckServers, fault: ServerFault): Promise<() => Promise<void>> {
  switch (fault.kind) {
    case "failOver":
      return redis.failOver(fault);
    case "sleepPrimary":
      return redis.sleepPrimary(fault);
    case "restartServer":
      return fault.server === "redis" ? redis.restart(fault) : nats.restart(fault);
    case "loseLeader":
      return nats.loseLeader();
  }
}
