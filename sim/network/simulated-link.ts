import type { Link, Random } from "../../core/mod.ts";
import type { NetworkDisturbance } from "./disturbance.ts";
import { linkModelOf, type NetworkModel } from "./model.ts";
import { Way } from "./way.ts";

/** A connection, as the link that it goes over needs it. */
export interface LinkedConnection {
  /** Nothing more passes, what is on its way is lost, and both ends are told. */
  break(reason: "reset" | "closed"): void;
  /** A delay or a limit has been taken away. */
  hasten(): void;
  /** Packets pass again. */
  retransmit(): void;
}

/** A link: from whoever asks for connections to whoever takes them, and everything that is wrong with it. */
export class SimulatedLink {
  readonly from: string;
  readonly to: string;
  readonly there: Way;
  readonly back: Way;
  readonly connections = new Set<LinkedConnection>();
  /** So many connections have been asked for. */
  connectionsEver = 0;
  cuts = 0;
  resets = 0;

  /** @param random - a stream of chance for a label */
  constructor({ from, to }: Link, model: NetworkModel, random: (label: string) => Random) {
    this.from = from;
    this.to = to;
    const own = linkModelOf(model, { from, to });
    this.there = new Way(own, random(`link/${from}/${to}`));
    this.back = new Way(own, random(`link/${to}/${from}`));
  }

  /**
   * Disturbs it, and returns what undoes that.
   *
   * What is observed is what Toxiproxy gives in the other worlds: a cut closes connections; a hole swallows messages,
   * but neither the opening nor the closing of a connection, and closes all connections when it is healed; a delay or
   * a limit that is healed lets go at once of what it held up.
   */
  disturb(disturbance: NetworkDisturbance): () => void {
    switch (disturbance.kind) {
      case "cut":
        return this.#cut();
      case "delay":
        return this.#hamper((way) => joins(way.delays, { ms: disturbance.ms, jitterMs: disturbance.jitterMs }));
      case "throttle":
        return this.#hamper((way) => joins(way.throttles, { bytesPerSecond: disturbance.bytesPerSecond }));
      case "lose":
        return both(joins(this.there.losses, disturbance), joins(this.back.losses, disturbance));
      case "blackhole":
        return this.#swallow([this.there, this.back]);
      case "loseReply":
        return this.#swallow([this.back]);
      case "reset":
        return this.#reset();
      case "partition":
        return this.#partition(disturbance.way);
    }
  }

  #cut(): () => void {
    this.cuts += 1;
    this.#breakAll();
    return () => void (this.cuts -= 1);
  }

  #reset(): () => void {
    this.resets += 1;
    return () => void (this.resets -= 1);
  }

  #hamper(hamper: (way: Way) => () => void): () => void {
    const undo = both(hamper(this.there), hamper(this.back));
    return () => {
      undo();
      for (const connection of this.connections) connection.hasten();
    };
  }

  #swallow(ways: readonly Way[]): () => void {
    for (const way of ways) way.holes += 1;
    return () => {
      for (const way of ways) way.holes -= 1;
      this.#breakAll();
    };
  }

  #partition(direction: "there" | "back" | "both"): () => void {
    const ways = direction === "both" ? [this.there, this.back] : [this[direction]];
    for (const way of ways) way.partitions += 1;
    return () => {
      for (const way of ways) way.partitions -= 1;
      for (const connection of this.connections) connection.retransmit();
    };
  }

  #breakAll(): void {
    for (const connection of this.connections) connection.break("closed");
  }
}

/** A member of its own, even when another is the same, until it is undone. */
function joins<Member extends object>(members: Set<Member>, member: Member): () => void {
  const own = { ...member };
  members.add(own);
  return () => void members.delete(own);
}

function both(one: () => void, other: () => void): () => void {
  return () => {
    one();
    other();
  };
}
