import type { Host, Listening, Network, RedisEngine, Reply } from "../../../sim/mod.ts";
import { sizeOfReply, type RedisAnswer, type RedisRequest } from "../drivers/redis-wire.ts";

/** A Redis that takes clients. */
export interface ServedRedis extends Listening {
  /** Closes every connection that it has taken. */
  dropClients(): void;
}

/**
 * Lets a Redis take clients at an address of the simulated network.
 *
 * @param host - @defaultValue one that nothing kills
 */
export function serveRedis(network: Network, engine: RedisEngine, host: Host = { name: "redis" }): ServedRedis {
  const open = new Set<() => void>();
  const listening = network.listen(host, (connection) => {
    let gathering: Reply[] | undefined;
    const send = (replies: readonly Reply[]): void => {
      const bytes = replies.reduce<number>((sum, reply) => sum + sizeOfReply(reply), 0);
      connection.send(
        { replies } satisfies RedisAnswer,
        bytes,
        replies.length === 1 ? "reply" : `${replies.length} replies`,
      );
    };
    const session = engine.connect(() => {
      throw new Error("no replica subscribes to anything on Redis");
    });
    const closed = (): void => {
      open.delete(drop);
      session.close();
    };
    const drop = (): void => {
      closed();
      connection.close();
    };
    open.add(drop);
    return {
      received(message) {
        gathering = [];
        for (const command of (message as RedisRequest).commands) {
          session.execute(command, (reply) => (gathering ? void gathering.push(reply) : send([reply])));
        }
        const replies = gathering;
        gathering = undefined;
        if (replies.length > 0) send(replies);
      },
      closed,
    };
  });
  return { ...listening, dropClients: () => open.forEach((drop) => drop()) };
}
