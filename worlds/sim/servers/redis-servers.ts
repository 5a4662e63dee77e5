import { UsageError, type ServerFault } from "../../../core/mod.ts";
import { RedisNode, type NodeParts } from "./redis-node.ts";

/** A fault of Redis itself, of one kind. */
type RedisFault<Kind extends ServerFault["kind"]> = Extract<ServerFault, { kind: Kind; server: "redis" }>;

/** What Redis servers are made of. */
export interface RedisParts extends NodeParts {
  /** Whether there is a replica that can be promoted. */
  readonly hasReplica: boolean;
  /** Told, when a primary has been replaced, how many bytes of its writes nobody else has. */
  readonly onLost: (bytes: number) => void;
}

/** The Redis of a plane: a primary, to which the address `redis` leads, and perhaps a replica. */
export class RedisServers {
  readonly #parts: RedisParts;
  #primary: RedisNode;
  #replica: RedisNode | undefined;

  constructor(parts: RedisParts) {
    this.#parts = parts;
    this.#primary = new RedisNode("redis-1", parts);
    this.#primary.takeAddress();
    if (!parts.hasReplica) return;
    this.#replica = new RedisNode("redis-2", parts);
    this.#replica.follow(this.#primary);
  }

  /** The value of a key, by the word of the server to which the address leads; nothing when there is none. */
  read(key: string): string | undefined {
    if (!this.#primary.isUp) return undefined;
    let value: string | undefined;
    const session = this.#primary.server.connect(() => {});
    session.execute(["GET", key], (reply) => (value = typeof reply === "string" ? reply : undefined));
    session.close();
    return value;
  }

  /** Resolves when the primary is lost. */
  async failOver({ detectMs, behindMs }: RedisFault<"failOver">): Promise<() => Promise<void>> {
    const { kernel, network } = this.#parts;
    const [old, successor] = this.#pair();
    const link = { from: successor.name, to: old.name };
    const silence = behindMs > 0 ? network.disturb(link, { kind: "partition", way: "both" }) : undefined;
    await kernel.clock.sleep(behindMs);
    old.kill();
    const promoted = kernel.clock.sleep(detectMs).then(() => {
      this.#promote(old, successor);
      this.#parts.onLost(old.server.offset - successor.server.offset);
      return silence?.heal();
    });
    return async () => {
      await promoted;
      old.start();
      this.#rejoin(old);
    };
  }

  /** Resolves when the primary sleeps. */
  sleepPrimary({ detectMs, believesMs }: RedisFault<"sleepPrimary">): () => Promise<void> {
    const { kernel } = this.#parts;
    const [old, successor] = this.#pair();
    let sharedOffset = 0;
    old.pause();
    const promotion = kernel.clock.after(detectMs, () => {
      sharedOffset = successor.server.offset;
      this.#promote(old, successor);
    });
    return async () => {
      promotion.cancel();
      old.resume();
      if (this.#primary === old) return;
      await kernel.clock.sleep(believesMs);
      this.#parts.onLost(old.server.offset - sharedOffset);
      this.#rejoin(old);
    };
  }

  /** Resolves when the server is down. */
  restart({ downMs, keepsData }: RedisFault<"restartServer">): () => Promise<void> {
    const server = this.#primary;
    const data = keepsData ? server.server.save() : undefined;
    server.kill();
    const back = this.#parts.kernel.clock.sleep(downMs).then(() => {
      server.start(data);
      server.takeAddress();
    });
    return () => back;
  }

  /** @throws UsageError when there is no replica at this moment. */
  #pair(): [RedisNode, RedisNode] {
    if (this.#replica) return [this.#primary, this.#replica];
    throw new UsageError("There is no replica of Redis that could take over", "ask for one in the conditions");
  }

  #promote(old: RedisNode, successor: RedisNode): void {
    old.leaveAddress();
    successor.promote();
    successor.takeAddress();
    [this.#primary, this.#replica] = [successor, undefined];
  }

  #rejoin(old: RedisNode): void {
    old.follow(this.#primary);
    this.#replica = old;
  }
}
