import { setTimeout as delay } from "node:timers/promises";

import { nearestNames, UsageError, type Cluster, type Role } from "../../../core/mod.ts";
import type { LocalReplica } from "./local-replica.ts";

/** What a fleet needs of its world. */
export interface FleetOptions {
  readonly create: (id: string, role: Role) => LocalReplica;
  /** Who leads at this moment, among these. */
  readonly readLeader: (schedulers: readonly LocalReplica[]) => Promise<LocalReplica | undefined>;
  /** How long an election may take: a selector waits for as long as nobody leads, or the leader is dead. */
  readonly leaderWithinMs: number;
}

const roles: readonly Role[] = ["gateway", "scheduler", "workflow", "worker"];
const leaderSelector = "scheduler.leader";

/** The replicas of a world, by name and by selector. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #replicas: LocalReplica[] = [];
  #closed = false;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Starts all of them at once, and waits until each is ready. */
  async start({ gateways, schedulers, workflows = 0, workers }: Cluster): Promise<void> {
    const counts = { gateway: gateways, scheduler: schedulers, workflow: workflows, worker: workers };
    const created = roles.flatMap((role) => Array.from({ length: counts[role] }, () => this.#create(role)));
    await Promise.all(created.map((replica) => replica.start()));
  }

  async join(role: Role): Promise<string> {
    const replica = this.#create(role);
    await replica.start();
    return replica.id;
  }

  /** All replicas ever started, in order of role and number. */
  list(): readonly LocalReplica[] {
    return roles.flatMap((role) => this.#ofRole(role));
  }

  /** @throws UsageError when there is no such replica. */
  find(id: string): LocalReplica {
    const found = this.#replicas.find((replica) => replica.id === id);
    if (!found) throw this.#unknown(id);
    return found;
  }

  /** See `World.pick`. A role means those of its replicas that have not exited. */
  async pick(selector: string): Promise<string[]> {
    if (selector === leaderSelector) return [await this.#leader()];
    if (!isRole(selector)) return [this.find(selector).id];
    const alive = this.#alive(selector);
    if (alive.length === 0) throw new UsageError(`"${selector}" means nothing: no ${selector} is running`);
    return alive.map((replica) => replica.id);
  }

  /** Ends every process gracefully, or at once from the moment that `haste` aborts. None can be started afterwards. */
  async close(haste: AbortSignal): Promise<void> {
    this.#closed = true;
    const running = this.#replicas.filter((replica) => replica.state !== "exited");
    const killAll = (): void => {
      // One that cannot be killed shows below, where its end is waited for.
      for (const replica of running) if (replica.state !== "exited") replica.kill().catch(() => undefined);
    };
    haste.addEventListener("abort", killAll, { once: true });
    const ends = running.map((each) => (haste.aborted || each.state === "starting" ? each.kill() : each.stop()));
    // Every end is waited for, even when one of them fails.
    await Promise.allSettled(ends);
    haste.removeEventListener("abort", killAll);
    await Promise.all(ends);
  }

  /** Whether nothing may be started any more. */
  get closed(): boolean {
    return this.#closed;
  }

  #create(role: Role): LocalReplica {
    const replica = this.#options.create(`${role}-${this.#ofRole(role).length + 1}`, role);
    this.#replicas.push(replica);
    return replica;
  }

  #ofRole(role: Role): LocalReplica[] {
    return this.#replicas.filter((replica) => replica.role === role);
  }

  #alive(role: Role): LocalReplica[] {
    return this.#ofRole(role).filter((replica) => replica.state !== "exited");
  }

  async #leader(): Promise<string> {
    const { readLeader, leaderWithinMs } = this.#options;
    const deadline = performance.now() + leaderWithinMs;
    while (!this.#closed && this.#alive("scheduler").length > 0) {
      const leader = await readLeader(this.#ofRole("scheduler"));
      if (leader && leader.state !== "exited") return leader.id;
      if (performance.now() > deadline) break;
      await delay(20);
    }
    throw new UsageError(
      `"${leaderSelector}" means nothing: no scheduler leads`,
      "is a scheduler running at that moment?",
    );
  }

  #unknown(selector: string): UsageError {
    const known = [...roles, leaderSelector, ...this.#replicas.map((replica) => replica.id)];
    const nearest = nearestNames(selector, known);
    const hint = nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : `it knows ${known.join(", ")}`;
    return new UsageError(`"${selector}" means no replica`, hint);
  }
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
