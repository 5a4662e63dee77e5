import type { Network, RedisEngine, Reply } from "../../../sim/mod.ts";
import { sizeOfReply, type RedisAnswer, type RedisRequest } from "../drivers/redis-wire.ts";

/** Puts a Redis on the simulated network, as the host `redis`. It belongs to the world: nothing kills it. */
export function serveRedis(network: Network, engine: RedisEngine): void {
  network.listen({ name: "redis" }, (connection) => {
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
      closed: () => session.close(),
    };
  });
}
