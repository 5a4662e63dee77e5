import { open, type FileHandle } from "node:fs/promises";

import { EnvironmentError, messageOf, SeatrialError } from "./errors.ts";
import type { HistoryEvent } from "./events.ts";

/** Some consecutive events of a file, each with the line that it was read from. */
export interface EventBatch {
  readonly lines: readonly string[];
  readonly events: readonly HistoryEvent[];
  /** The file ends in the middle of a line, which is left out: its writer died while it wrote. */
  readonly torn: boolean;
}

/**
 * Reads a history file piece by piece, so that its length does not matter.
 *
 * @throws EnvironmentError `history_unreadable` when the file cannot be opened or read.
 * @throws SeatrialError `history_corrupt`, with file and line, for a line that is no event, or goes back in time.
 */
export async function* readEventBatches(path: string): AsyncGenerator<EventBatch, void> {
  const parse = eventParser(path);
  for await (const { lines, isWhole } of readLines(path)) {
    // What follows the last line break is an event that lacks only its own, or a torn one.
    const torn = !isWhole && lines.every((line) => eventOf(line) === undefined);
    yield torn ? { lines: [], events: [], torn } : { lines, events: lines.map(parse), torn };
  }
}

const chunkBytes = 1 << 20;
const lineBreak = 0x0a;

/** The lines of a file, about a megabyte at a time; at the end, what follows the last line break. */
async function* readLines(path: string): AsyncGenerator<{ lines: string[]; isWhole: boolean }, void> {
  await using file = await openToRead(path);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let pending: Buffer = Buffer.alloc(0);
  for (let count = await readInto(chunk, file, path); count > 0; count = await readInto(chunk, file, path)) {
    const bytes = Buffer.concat([pending, chunk.subarray(0, count)]);
    const end = bytes.lastIndexOf(lineBreak);
    pending = bytes.subarray(end + 1);
    if (end >= 0) yield { lines: bytes.toString("utf8", 0, end).split("\n"), isWhole: true };
  }
  if (pending.length > 0) yield { lines: [pending.toString("utf8")], isWhole: false };
}

async function readInto(chunk: Buffer, file: FileHandle, path: string): Promise<number> {
  const { bytesRead } = await file.read(chunk, 0, chunk.length).catch((thrown) => unreadable(path, thrown));
  return bytesRead;
}

function openToRead(path: string): Promise<FileHandle> {
  return open(path, "r").catch((thrown) => unreadable(path, thrown));
}

function unreadable(path: string, thrown: unknown): never {
  throw new EnvironmentError(
    "history_unreadable",
    `Cannot read the history ${path}: ${messageOf(thrown)}`,
    "check that the run folder is complete, and that you may read it",
    thrown,
  );
}

/** Parses line after line of one file, and holds it to its order. */
function eventParser(path: string): (line: string) => HistoryEvent {
  let number = 0;
  let lastAt = 0;
  const corrupt = (reason: string): SeatrialError =>
    new SeatrialError("history_corrupt", `${path}:${number}: ${reason}`, {
      hint: "the file was damaged after it was written; run the scenario again",
    });
  return (line) => {
    number += 1;
    const event = eventOf(line);
    if (!event) throw corrupt(`this is no event: ${line.slice(0, 80)}`);
    if (event.at < lastAt) throw corrupt(`time runs backwards, from ${lastAt} ms to ${event.at} ms`);
    lastAt = event.at;
    return event;
  };
}

function eventOf(line: string): HistoryEvent | undefined {
  try {
    const value = JSON.parse(line) as Partial<HistoryEvent> | null;
    return typeof value?.at === "number" && typeof value.kind === "string" ? (value as HistoryEvent) : undefined;
  } catch {
    return undefined; // whoever asks knows the line, and says so
  }
}
