import type { Clock, Random, Timer } from "../../core/mod.ts";
import { electionMs, electionNoticeChance } from "./election.ts";
import type { NatsClientOptions, NatsEngine, NatsOptions, NatsSession } from "./engine.ts";
import { NatsServer } from "./server.ts";

/** What a cluster is made of. */
export interface NatsClusterOptions extends Omit<NatsOptions, "replicasMax" | "disk"> {
  /** @defaultValue 3 */
  readonly nodes?: number;
  /** How long until there is a new leader, in ms. @defaultValue drawn by {@link electionMs} */
  readonly electionMs?: (random: Random) => number;
  /**
   * How often the new leader tells those who waited that their requests are void; otherwise they learn it from missing
   * heartbeats alone. @defaultValue {@link electionNoticeChance}
   */
  readonly noticeChance?: number;
}

const defaultNodes = 3;
/** Acknowledgements wait for a round trip to the followers only. */
const defaultFlushAfterMs = 50;

/**
 * Several NATS servers that keep every stream together. What one has stored, all have; one of them leads.
 *
 * When the leader dies, nothing is stored and no call is answered with more than an error until the others have
 * elected a new one; what consumers delivered and had acknowledged in the last moments may be forgotten then. Streams
 * that were made with one replica are treated alike.
 *
 * This is for simulations that kill and start nodes one by one, and in which each client has its own. The simulated
 * world's NATS is one address that can also be restarted from its disk: it drives a {@link NatsServer} itself, with
 * {@link electionMs} and {@link electionNoticeChance} as here.
 */
export class NatsCluster {
  readonly #server: NatsServer;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #options: NatsClusterOptions;
  readonly #nodes: readonly Node[];
  #leader: number | undefined = 0;
  #election: Timer | undefined;

  constructor(options: NatsClusterOptions) {
    const { nodes = defaultNodes, flushAfterMs = defaultFlushAfterMs } = options;
    this.#options = options;
    this.#clock = options.clock;
    this.#random = options.random.fork("cluster");
    this.#server = new NatsServer({ ...options, flushAfterMs, replicasMax: nodes });
    this.#nodes = Array.from({ length: nodes }, () => new Node(this.#server));
  }

  /** Which node leads; none during an election, or while most nodes are down. */
  get leader(): number | undefined {
    return this.#leader;
  }

  /** What clients of one node connect to. */
  node(index: number): NatsEngine {
    const node = this.#nodes[index];
    if (!node) throw new Error(`the cluster has ${this.#nodes.length} nodes, and no node ${index}`);
    return node;
  }

  /** Kills the node that leads. @returns which one it was; none when there is no leader */
  leaderLost(): number | undefined {
    const index = this.#leader;
    if (index !== undefined) this.kill(index);
    return index;
  }

  /** Kills a node: its connections are gone, and nobody is told. */
  kill(index: number): void {
    this.#nodes[index]?.kill();
    const hadLeader = this.#leader !== undefined;
    if (index !== this.#leader && this.#hasQuorum()) return;
    this.#leader = undefined;
    if (hadLeader) this.#server.loseLeader();
    this.#elect();
  }

  /** Starts a node that was killed. It has everything as soon as it is back. */
  start(index: number): void {
    this.#nodes[index]?.start();
    if (this.#leader === undefined && !this.#election) this.#elect();
  }

  #elect(): void {
    this.#election?.cancel();
    this.#election = undefined;
    if (!this.#hasQuorum()) return;
    const { electionMs: draw = electionMs } = this.#options;
    this.#election = this.#clock.after(draw(this.#random), () => this.#won());
  }

  #won(): void {
    this.#election = undefined;
    const living = [...this.#nodes.keys()].filter((index) => this.#nodes[index]!.isAlive);
    this.#leader = living[this.#random.int(living.length)];
    const { noticeChance = electionNoticeChance } = this.#options;
    this.#server.gainLeader({ tellsWaiting: this.#random.next() < noticeChance });
  }

  #hasQuorum(): boolean {
    return this.#nodes.filter(({ isAlive }) => isAlive).length * 2 > this.#nodes.length;
  }
}

/** One server of a cluster. */
class Node implements NatsEngine {
  isAlive = true;
  readonly #server: NatsServer;
  readonly #sessions = new Set<NatsSession>();

  constructor(server: NatsServer) {
    this.#server = server;
  }

  connect(options: NatsClientOptions): NatsSession {
    if (!this.isAlive) throw new Error("a client connects to a node that is dead: the network must refuse it");
    const session = this.#server.connect(options);
    this.#sessions.add(session);
    return session;
  }

  kill(): void {
    this.isAlive = false;
    for (const session of this.#sessions) session.close();
    this.#sessions.clear();
  }

  start(): void {
    this.isAlive = true;
  }
}
