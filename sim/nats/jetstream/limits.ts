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

/**
 * Brings a stream within limits that were changed. Per subject, only a limit that there was before and is lower now is
 * kept, and consumers are not told what goes for it: so does the server.
 */
export function enforceNewLimits(stream: Limited, before: StreamConfig): void {
  const { config, store } = stream;
  enforceTotals(stream);
  const max = config.max_msgs_per_subject;
  if (max <= 0 || max >= before.max_msgs_per_subject) return;
  for (const [, line] of store.linesOf(">")) while (line.length > max) store.remove(line[0]!);
}

/** Makes up for one message more of this subject. */
export function enforceLimits(stream: Limited, subject: string): void {
  const { config, store } = stream;
  const line = store.linesOf(subject)[0]?.[1] ?? [];
  if (config.max_msgs_per_subject > 0 && line.length > config.max_msgs_per_subject) stream.remove(line[0]!);
  enforceTotals(stream);
}

function enforceTotals(stream: Limited): void {
  const { config, store } = stream;
  while (config.max_msgs > 0 && store.count > config.max_msgs) stream.remove(store.first);
  while (config.max_bytes > 0 && store.bytes > config.max_bytes) stream.remove(store.first);
}
