import { open } from "node:fs/promises";

import { EnvironmentError, messageOf } from "./errors.ts";
import { readEventBatches, type EventBatch } from "./history-lines.ts";

/** What a merge came to. */
export interface MergedHistory {
  readonly events: number;
  /** The files whose last line was torn, because the witness died while it wrote. One line of each is missing. */
  readonly torn: readonly string[];
}

/**
 * Merges the files of all witnesses, each in order of time, into one file in order of time.
 *
 * Events of the same moment keep the order of their files. Memory does not grow with the length of the files.
 *
 * @throws EnvironmentError `history_unreadable` or `history_not_writable`.
 * @throws SeatrialError `history_corrupt`, with file and line, for anything but a torn last line.
 */
export async function mergeHistories(files: readonly string[], into: string): Promise<MergedHistory> {
  const sources = files.map(openSource);
  try {
    const events = await merge(sources, into);
    return { events, torn: sources.filter((source) => source.batch.torn).map((source) => source.path) };
  } finally {
    await Promise.all(sources.map((source) => source.batches.return(undefined)));
  }
}

async function merge(sources: readonly Source[], into: string): Promise<number> {
  const unread: Source[] = [];
  for (const source of sources) if (await refill(source)) unread.push(source);
  await using output = await openOutput(into);
  let events = 0;
  for (let next = earliest(unread); next; next = earliest(unread)) {
    output.add(next.batch.lines[next.position] ?? "");
    events += 1;
    next.position += 1;
    if (output.isFull()) await output.flush();
    if (next.position === next.batch.events.length && !(await refill(next))) unread.splice(unread.indexOf(next), 1);
  }
  await output.flush();
  return events;
}

/** A witness's file, and how far it has been merged. */
interface Source {
  readonly path: string;
  readonly batches: AsyncGenerator<EventBatch, void>;
  batch: EventBatch;
  position: number;
}

function openSource(path: string): Source {
  return { path, batches: readEventBatches(path), batch: { lines: [], events: [], torn: false }, position: 0 };
}

/** Goes on to the next batch with events. False when the file has no more. */
async function refill(source: Source): Promise<boolean> {
  do {
    const { value, done } = await source.batches.next();
    if (done) return false;
    source.batch = value;
    source.position = 0;
  } while (source.batch.events.length === 0);
  return true;
}

/** The source with the earliest event. There are a few dozen files at most, so looking at each is fast enough. */
function earliest(sources: readonly Source[]): Source | undefined {
  let first: Source | undefined;
  let firstAt = Infinity;
  for (const source of sources) {
    const { at } = source.batch.events[source.position] ?? { at: Infinity };
    if (at >= firstAt) continue;
    first = source;
    firstAt = at;
  }
  return first;
}

const flushAtLines = 4_096;

interface Output extends AsyncDisposable {
  add(line: string): void;
  isFull(): boolean;
  flush(): Promise<void>;
}

async function openOutput(path: string): Promise<Output> {
  const file = await open(path, "w").catch((thrown) => notWritable(path, thrown));
  let lines: string[] = [];
  return {
    add: (line) => void lines.push(line),
    isFull: () => lines.length >= flushAtLines,
    async flush() {
      const text = lines.map((line) => `${line}\n`).join("");
      lines = [];
      await file.writeFile(text).catch((thrown) => notWritable(path, thrown));
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

function notWritable(path: string, thrown: unknown): never {
  throw new EnvironmentError(
    "history_not_writable",
    `Cannot write the history ${path}: ${messageOf(thrown)}`,
    "free some disk space, or choose another run folder with --out",
    thrown,
  );
}
