import type { MessageStore, StoredMessage } from "./message-store.ts";
import type { StreamConfig } from "./stream-config.ts";

/** What limits are kept on. */
export interface Limited {
  readonly config: StreamConfig;
  readonly store: MessageStore;
  remove(sequence: number): boolean;
}

type Draft = Omit<StoredMessage, "sequence">;

/** Why a stream that would rather lose what is new does not take a message. */
export function fullProblem({ config, store }: Limited, draft: Draft): string | undefined {
  if (config.discard !== "new") return undefined;
  const line = store.linesOf(draft.subject)[0]?.[1] ?? [];
  const makesRoom = config.max_msgs_per_subject > 0 && line.length >= config.max_msgs_per_subject;
  if (makesRoom && config.discard_new_per_subject) return "maximum messages per subject exceeded";
  if (config.max_msgs > 0 && store.count >= config.max_msgs && !makesRoom) return "maximum messages exceeded";
  const freed = makesRoom ? store.sizeOf(store.get(line[0]!)!) : 0;
  return isTooMuch(config.max_bytes, store.bytes, draft, freed) ? "maximum bytes exceeded" : undefined;
}

/** The server does not count what surrounds the new message, and lets the stream not become quite full. */
function isTooMuch(maxBytes: number, bytes: number, { headers, payload }: Draft, freed: number): boolean {
  const size = headers.length + payload.length;
  return maxBytes > 0 && bytes + size >= maxBytes && freed <= size;
}

/** Lets go of the oldest until the stream is within its limits. */
export function enforceLimits(stream: Limited): void {
  const { config, store } = stream;
  if (config.max_msgs_per_subject > 0) {
    for (const [, line] of store.linesOf(">")) trim(stream, line);
  }
  enforceTotals(stream);
}

/** The same, when only this subject has more messages than before. */
export function enforceLimitsFor(stream: Limited, subject: string): void {
  if (stream.config.max_msgs_per_subject > 0) {
    for (const [, line] of stream.store.linesOf(subject)) trim(stream, line);
  }
  enforceTotals(stream);
}

function enforceTotals(stream: Limited): void {
  const { config, store } = stream;
  while (config.max_msgs > 0 && store.count > config.max_msgs) stream.remove(store.first);
  while (config.max_bytes > 0 && store.bytes > config.max_bytes) stream.remove(store.first);
}

function trim(stream: Limited, line: readonly number[]): void {
  while (line.length > stream.config.max_msgs_per_subject) stream.remove(line[0]!);
}
