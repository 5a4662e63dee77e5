import type { Run, RunIntent, TimelineEntry } from "../../domain/workflow/run.ts";
import type { RunOutboxEntry, StoredRun } from "../../ports/mod.ts";

/** The hash that holds a run: document, version, epoch, outbox and timeline. */
export function runKey(run: string): string {
  return `wf:run:${run}`;
}

/** The field that holds the intents stored at a version. */
export function runOutboxField(version: number): string {
  return `outbox:${version}`;
}

/** What the scripts tell of a record. */
export type HeldReply = [doc: string, version: number, epoch: number, outbox: string[]];

/** The run that a record holds. */
export function storedRunOf([doc, version, epoch, outbox]: HeldReply): StoredRun {
  return { run: JSON.parse(doc) as Run, version, epoch, outbox: outboxOf(outbox) };
}

/** The text of an outbox entry; empty when there is nothing to remember. */
export function runIntentsText(intents: readonly RunIntent[]): string {
  return intents.length === 0 ? "" : JSON.stringify(intents);
}

/** The line that stands for an entry of the timeline. */
export function timelineText(entry: TimelineEntry): string {
  return JSON.stringify(entry);
}

/** The entry that a line stands for. */
export function timelineEntryOf(text: string): TimelineEntry {
  return JSON.parse(text) as TimelineEntry;
}

function outboxOf(entries: readonly string[]): RunOutboxEntry[] {
  const outbox: RunOutboxEntry[] = [];
  for (let index = 0; index + 1 < entries.length; index += 2) {
    outbox.push({ version: Number(entries[index]), intents: JSON.parse(entries[index + 1] ?? "[]") as RunIntent[] });
  }
  return outbox;
}
