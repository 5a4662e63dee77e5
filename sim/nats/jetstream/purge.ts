import { isWithin } from "../subjects.ts";
import type { Consumer } from "./consumer.ts";
import type { StreamState } from "./stream-state.ts";

/** What to let go of: everything, or less. */
export interface PurgeRequest {
  /** Only messages of these subjects. */
  readonly filter?: string;
  /** Only messages before this one. */
  readonly seq?: number;
  /** All but the last so many. */
  readonly keep?: number;
}

/** Lets go of messages at once; consumers go on behind them. @returns how many messages */
export function purge(stream: StreamState, request?: PurgeRequest): number {
  const purged = purgeStore(stream, request ?? {});
  const { store } = stream;
  const { filter } = request ?? {};
  const first = filter === undefined ? store.first : store.select(store.first, filter).first;
  for (const consumer of stream.consumers.values()) {
    if (request === undefined || isFilteredMatch(consumer, filter ?? "")) skipPurged(consumer, first, store.last);
  }
  return purged;
}

function purgeStore({ store }: StreamState, { filter = "", seq = 0, keep = 0 }: PurgeRequest): number {
  if (filter !== "" && filter !== ">") return purgeSubjects(store, { filter, seq, keep });
  if (seq > 1) return store.dropBefore(seq);
  if (keep >= store.count && keep > 0) return 0;
  return store.dropBefore(keep > 0 ? store.last - keep + 1 : store.last + 1);
}

function purgeSubjects(store: StreamState["store"], { filter, seq, keep }: Required<PurgeRequest>): number {
  const all = store.linesOf(filter).flatMap(([, line]) => line);
  all.sort((one, other) => one - other);
  const most = keep > 0 ? all.slice(0, Math.max(0, all.length - keep)) : all;
  const purged = seq > 1 ? most.filter((sequence) => sequence < seq) : most;
  for (const sequence of purged) store.remove(sequence);
  return purged.length;
}

/** As the server asks it: without a filter of the purge, only a consumer without a filter is meant. */
function isFilteredMatch({ config }: Consumer, purged: string): boolean {
  return config.filter_subject === undefined || isWithin(purged, config.filter_subject);
}

function skipPurged(consumer: Consumer, firstLeft: number, last: number): void {
  const { progress, redeliveries, saved } = consumer;
  const first = firstLeft === 0 ? last + 1 : firstLeft;
  progress.nextSequence = Math.max(progress.nextSequence, first);
  if (progress.ackedSequence < first) {
    progress.ackedSequence = first - 1;
    progress.ackedDelivery = progress.nextDelivery - 1;
  }
  progress.pending.clear();
  redeliveries.dropBefore(progress.nextSequence);
  saved.flush(progress);
}
