import { historyIndex } from "./history-index.ts";
import { readEventBatches } from "./history-lines.ts";
import type { History } from "./history.ts";

/**
 * Reads a merged history and indexes it by subject. A torn last line is left out.
 *
 * @throws EnvironmentError `history_unreadable` when the file cannot be opened or read.
 * @throws SeatrialError `history_corrupt`, with file and line, for a line that is no event, or goes back in time;
 *   `history_inconsistent` for an end without a beginning.
 */
export async function readHistory(path: string): Promise<History> {
  const index = historyIndex();
  for await (const { events } of readEventBatches(path)) {
    for (const event of events) index.add(event);
  }
  return index.history();
}
