import {
  UsageError,
  type Disturbance,
  type Disturbed,
  type Link,
  type Replica,
  type Role,
  type SetTrap,
  type Trap,
  type World,
} from "../core/mod.ts";

/** A world of nothing but states, which tells what was done to it, in order. */
export class FakeWorld implements World {
  readonly kind = "local";
  readonly story: string[] = [];
  /** Operations that fail, such as `kill worker-1`. */
  readonly failing = new Set<string>();
  readonly #states = new Map<string, Replica["state"]>();
  readonly #springs = new Map<string, () => void>();

  constructor(...ids: string[]) {
    for (const id of ids) this.#states.set(id, "ready");
  }

  replicas(): Replica[] {
    return [...this.#states].map(([id, state]) => ({ id, role: roleOf(id), state, url: undefined }));
  }

  async pick(selector: string): Promise<string[]> {
    const meant = selector === "scheduler.leader" ? ["scheduler-2"] : this.#named(selector);
    if (meant.length === 0) throw new UsageError(`"${selector}" means nothing`);
    return meant;
  }

  async join(role: Role): Promise<string> {
    const id = `${role}-${this.#named(role).length + 1}`;
    return this.#become("join", id, "ready").then(() => id);
  }

  stop = (id: string): Promise<void> => this.#become("stop", id, "exited");
  kill = (id: string): Promise<void> => this.#become("kill", id, "exited");
  pause = (id: string): Promise<void> => this.#become("pause", id, "paused");
  resume = (id: string): Promise<void> => this.#become("resume", id, "ready");
  restart = (id: string): Promise<void> => this.#become("restart", id, "ready");

  async setTrap(id: string, { call, action, when, nth = 1, delayMs }: Trap): Promise<SetTrap> {
    await this.#become(`trap ${[action, when, call, nth, delayMs].filter(Boolean).join(" ")} in`, id, "ready");
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#springs.set(id, resolve);
    return { sprung: promise, remove: () => this.#become("untrap", id, this.#states.get(id) ?? "exited") };
  }

  async disturb({ from, to }: Link, disturbance: Disturbance): Promise<Disturbed> {
    const verb = `${Object.values(disturbance).join(" ")} ${from} ${to}`;
    this.story.push(verb);
    if (this.failing.has(verb)) throw new Error(`${verb} failed`);
    return { heal: async () => void this.story.push(`heal ${verb}`) };
  }

  /** The trap in this replica springs, and leaves it in this state. */
  spring(id: string, state: Replica["state"]): void {
    this.#states.set(id, state);
    this.#springs.get(id)?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #become(verb: string, id: string, state: Replica["state"]): Promise<void> {
    this.story.push(`${verb} ${id}`);
    if (this.failing.has(`${verb} ${id}`)) throw new Error(`${verb} ${id} failed`);
    this.#states.set(id, state);
  }

  #named(selector: string): string[] {
    return [...this.#states.keys()].filter((id) => id === selector || roleOf(id) === selector);
  }
}

function roleOf(id: string): Role {
  return id.replace(/-\d+$/, "") as Role;
}
