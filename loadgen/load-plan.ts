import { ms, UsageError, type Random } from "../core/mod.ts";
import { arrivalTimes } from "./arrivals.ts";
import type { Load } from "./load.ts";

/** A load with its times, counted from the beginning of the first load. */
export interface PlannedLoad {
  readonly load: Load;
  readonly startMs: number;
  readonly endMs: number;
  /** When each operation is due, in order. */
  readonly dueMs: Float64Array;
}

/** What is due next. */
export interface DueOperation {
  readonly load: Load;
  readonly dueMs: number;
}

/** Hands out operations in the order in which they are due. */
export interface Agenda {
  readonly total: number;
  /** The next operation, without taking it; nothing when all have been taken. */
  peek(): DueOperation | undefined;
  take(): void;
}

/**
 * Gives each load its place in time: after the one before it, unless it says when.
 *
 * @throws UsageError when two loads have the same name, or a rate or duration cannot be read.
 */
export function planLoads(loads: readonly Load[], source: { random: Random; unixMs: number }): PlannedLoad[] {
  assertUniqueNames(loads);
  const planned: PlannedLoad[] = [];
  for (const load of loads) {
    const startMs = load.startAt === undefined ? (planned.at(-1)?.endMs ?? 0) : ms(load.startAt);
    const random = source.random.fork(load.name);
    const { dueMs, lastingMs } = arrivalTimes(load.arrivals, { random, unixMs: source.unixMs + startMs });
    planned.push({ load, startMs, endMs: startMs + lastingMs, dueMs: dueMs.map((due) => startMs + due) });
  }
  return planned;
}

/** All operations of all loads, in order of time; of those due at once, the earlier load's first. */
export function agendaOf(planned: readonly PlannedLoad[]): Agenda {
  const cursors = planned.map(({ load, dueMs }) => ({ load, dueMs, taken: 0 }));
  const earliest = (): (typeof cursors)[number] | undefined => {
    let first: (typeof cursors)[number] | undefined;
    for (const cursor of cursors) {
      if (dueOf(cursor) < dueOf(first)) first = cursor;
    }
    return first;
  };
  let next = earliest();
  return {
    total: planned.reduce((sum, { dueMs }) => sum + dueMs.length, 0),
    peek: () => next && { load: next.load, dueMs: dueOf(next) },
    take() {
      if (next) next.taken += 1;
      next = earliest();
    },
  };
}

function dueOf(cursor: { dueMs: Float64Array; taken: number } | undefined): number {
  return cursor?.dueMs[cursor.taken] ?? Infinity;
}

function assertUniqueNames(loads: readonly Load[]): void {
  const names = new Set<string>();
  for (const { name } of loads) {
    if (names.has(name)) throw new UsageError(`Two loads are called "${name}"`, "give each load a name of its own");
    names.add(name);
  }
}
