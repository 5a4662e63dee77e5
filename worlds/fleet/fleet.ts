import { nearestNames, UsageError, type Clock, type Cluster, type Replica, type Role } from "../../core/mod.ts";
import { leadingRoles, type LeadingRole } from "./leader.ts";

/** What a fleet does with its replicas by itself. */
export interface FleetReplica extends Replica {
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** What a fleet needs of its world. */
export interface FleetOptions<Each extends FleetReplica> {
  readonly create: (id: string, role: Role) => Each;
  /** Starts one for the first time, and waits until it is ready and can be reached. */
  readonly begin: (replica: Each) => Promise<void>;
  /** Who leads at this moment, among these, which are of one role. */
  readonly readLeader: (replicas: readonly Each[], role: LeadingRole) => Promise<Each | undefined>;
  readonly clock: Clock;
  /** How long an election may take: a selector waits for as long as nobody leads, or the leader is dead. */
  readonly leaderWithinMs: number;
}

const askAgainMs = 20;
const roles: readonly Role[] = ["gateway", "scheduler", "workflow", "worker"];
/** A role with a leader can be selected by it, and by those who do not lead. */
const leaderSelectors = leadingRoles.flatMap((role) => [`${role}.leader`, `${role}.follower`]);

/** The replicas of a world, by name and by selector. */
export class Fleet<Each extends FleetReplica> {
  readonly #options: FleetOptions<Each>;
  readonly #replicas: Each[] = [];
  #closed = false;

  constructor(options: FleetOptions<Each>) {
    this.#options = options;
  }

  /** Starts all of them at once, and waits until each is ready. */
  async start({ gateways, schedulers, workflows = 0, workers }: Cluster): Promise<void> {
    const counts = { gateway: gateways, scheduler: schedulers, workflow: workflows, worker: workers };
    const created = roles.flatMap((role) => Array.from({ length: counts[role] }, () => this.#create(role)));
    await Promise.all(created.map((replica) => this.#options.begin(replica)));
  }

  async join(role: Role): Promise<string> {
    const replica = this.#create(role);
    await this.#options.begin(replica);
    return replica.id;
  }

  /** All replicas ever started, in order of role and number. */
  list(): readonly Each[] {
    return roles.flatMap((role) => this.#ofRole(role));
  }

  /** @throws UsageError when there is no such replica. */
  find(id: string): Each {
    const found = this.#replicas.find((replica) => replica.id === id);
    if (!found) throw this.#unknown(id);
    return found;
  }

  /** See `World.pick`. A role means those of its replicas that have not exited. */
  async pick(selector: string): Promise<string[]> {
    const led = leadingRoles.find((role) => selector === `${role}.leader`);
    if (led) return [await this.#leader(led)];
    const followed = leadingRoles.find((role) => selector === `${role}.follower`);
    if (followed) return this.#followers(followed);
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

  #create(role: Role): Each {
    const replica = this.#options.create(`${role}-${this.#ofRole(role).length + 1}`, role);
    this.#replicas.push(replica);
    return replica;
  }

  #ofRole(role: Role): Each[] {
    return this.#replicas.filter((replica) => replica.role === role);
  }

  #alive(role: Role): Each[] {
    return this.#ofRole(role).filter((replica) => replica.state !== "exited");
  }

  async #leader(role: LeadingRole): Promise<string> {
    const { clock, readLeader, leaderWithinMs } = this.#options;
    const deadline = clock.now() + leaderWithinMs;
    while (!this.#closed && this.#alive(role).length > 0) {
      const leader = await readLeader(this.#ofRole(role), role);
      if (leader && leader.state !== "exited") return leader.id;
      if (clock.now() > deadline) break;
      await clock.sleep(askAgainMs);
    }
    throw new UsageError(`"${role}.leader" means nothing: no ${role} leads`, `is a ${role} running at that moment?`);
  }

  async #followers(role: LeadingRole): Promise<string[]> {
    const leader = await this.#leader(role);
    const followers = this.#alive(role).filter(({ id }) => id !== leader);
    if (followers.length > 0) return followers.map(({ id }) => id);
    throw new UsageError(`"${role}.follower" means nothing: ${leader} is alone`, `start another ${role}`);
  }

  #unknown(selector: string): UsageError {
    const known = [...roles, ...leaderSelectors, ...this.#replicas.map((replica) => replica.id)];
    const nearest = nearestNames(selector, known);
    const hint = nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : `it knows ${known.join(", ")}`;
    return new UsageError(`"${selector}" means no replica`, hint);
  }
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
