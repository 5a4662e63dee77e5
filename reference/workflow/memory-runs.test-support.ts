import type { Clock } from "../../core/mod.ts";
import { isEnded, type Run, type RunIntent, type TimelineEntry } from "../domain/workflow/mod.ts";
import type { RunOutboxEntry, Runs, RunSave, RunSaved, RunTimers, StoredRun } from "../ports/mod.ts";

/** A store call, and whether it has acted yet. A trap that throws makes the call fail there. */
export type RunsTrap = (call: keyof Runs, when: "before" | "after", id: string) => void | Promise<void>;

interface Entry {
  text: string;
  version: number;
  epoch: number;
  outbox: RunOutboxEntry[];
  readonly timeline: TimelineEntry[];
}

/** The runs' records in memory, faithful to the port: versions, epochs, outboxes, an index of its own. */
export class MemoryRuns implements Runs {
  readonly #entries = new Map<string, Entry>();
  readonly #index = new Map<string, number>();
  /** Every change that was asked for, and whether it was made. */
  readonly saves: { readonly change: RunSave; readonly accepted: boolean }[] = [];
  trap: RunsTrap = () => {};

  /** The run that must be there. */
  get(id: string): StoredRun {
    const stored = this.#peek(id);
    if (!stored) throw new Error(`no run ${id}`);
    return stored;
  }

  isListed(id: string): boolean {
    return this.#index.has(id);
  }

  create(run: Run, intents: readonly RunIntent[]): Promise<{ created: boolean; stored: StoredRun }> {
    return this.#call("create", run.id, () => {
      const known = this.#peek(run.id);
      if (known) return { created: false, stored: known };
      const outbox = intents.length > 0 ? [{ version: 1, intents }] : [];
      this.#entries.set(run.id, { text: JSON.stringify(run), version: 1, epoch: 0, outbox, timeline: [] });
      this.#index.set(run.id, run.createdUnixMs);
      return { created: true, stored: this.get(run.id) };
    });
  }

  read(id: string): Promise<StoredRun | undefined> {
    return this.#call("read", id, () => this.#peek(id));
  }

  open(id: string): Promise<StoredRun | undefined> {
    return this.#call("open", id, () => {
      const entry = this.#entries.get(id);
      if (entry) entry.epoch += 1;
      return this.#peek(id);
    });
  }

  save(change: RunSave): Promise<RunSaved> {
    return this.#call("save", change.run.id, () => {
      const saved = this.#save(change);
      this.saves.push({ change, accepted: saved.accepted });
      return saved;
    });
  }

  settle(id: string, version: number): Promise<void> {
    return this.#call("settle", id, () => {
      const entry = this.#entries.get(id);
      if (entry) entry.outbox = entry.outbox.filter((owed) => owed.version !== version);
    });
  }

  unfinished({ offset, limit }: { offset: number; limit: number }): Promise<string[]> {
    return this.#call("unfinished", "", () => {
      const oldestFirst = [...this.#index].toSorted((a, b) => a[1] - b[1]).map(([id]) => id);
      return oldestFirst.slice(offset, offset + limit);
    });
  }

  forgetFinished(id: string): Promise<void> {
    return this.#call("forgetFinished", id, () => {
      const stored = this.#peek(id);
      if (!stored || (isEnded(stored.run.state) && stored.outbox.length === 0)) this.#index.delete(id);
    });
  }

  list(): Promise<Run[]> {
    return Promise.resolve([...this.#entries.keys()].map((id) => this.get(id).run));
  }

  timeline(id: string): Promise<TimelineEntry[]> {
    return Promise.resolve(this.#entries.get(id)?.timeline ?? []);
  }

  #save({ run, version, epoch, intents, timeline }: RunSave): RunSaved {
    const entry = this.#entries.get(run.id);
    if (entry?.version !== version || entry.epoch !== epoch) return { accepted: false, version: entry?.version ?? 0 };
    entry.text = JSON.stringify(run);
    entry.version += 1;
    entry.timeline.push(...timeline);
    if (intents.length > 0) entry.outbox.push({ version: entry.version, intents });
    return { accepted: true, version: entry.version };
  }

  #peek(id: string): StoredRun | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const { version, epoch, outbox } = entry;
    return { run: JSON.parse(entry.text) as Run, version, epoch, outbox: [...outbox] };
  }

  async #call<Result>(call: keyof Runs, id: string, act: () => Result): Promise<Result> {
    await this.trap(call, "before", id);
    const result = act();
    await this.trap(call, "after", id);
    return result;
  }
}

/** The runs' moments in memory, on the test's own clock. */
export class MemoryRunTimers implements RunTimers {
  readonly moments = new Map<string, number>();
  readonly #clock: Pick<Clock, "unixMs">;

  constructor(clock: Pick<Clock, "unixMs">) {
    this.#clock = clock;
  }

  set(run: string, unixMs: number): Promise<void> {
    this.moments.set(run, Math.min(unixMs, this.moments.get(run) ?? Infinity));
    return Promise.resolve();
  }

  due(limit: number): Promise<{ run: string; unixMs: number }[]> {
    const due = [...this.moments].filter(([, unixMs]) => unixMs <= this.#clock.unixMs());
    const earliestFirst = due.toSorted((a, b) => a[1] - b[1]).map(([run, unixMs]) => ({ run, unixMs }));
    return Promise.resolve(earliestFirst.slice(0, limit));
  }

  clear(run: string, unixMs: number): Promise<void> {
    if (this.moments.get(run) === unixMs) this.moments.delete(run);
    return Promise.resolve();
  }
}
