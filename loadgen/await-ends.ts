import type { Clock, OpenHttp } from "../core/mod.ts";
import { inParallel } from "./in-parallel.ts";
import { openReaders, type Endpoint, type Reader } from "./readers.ts";

/** Who waits, and for how long. */
export interface AwaitEndsOptions {
  readonly gateways: readonly Endpoint[];
  readonly apiKey: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** How servers are reached. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp | undefined;
  readonly withinMs: number;
  /** For one answer. @defaultValue 5,000 */
  readonly timeoutMs?: number;
  /** Ids asked for at the same time. @defaultValue 32 */
  readonly atOnce?: number;
}

/** Asks a gateway whether something has ended. */
export type HasEnded = (id: string, reader: Reader) => Promise<boolean>;

const pauseMinMs = 50;
const pauseMaxMs = 500;

/**
 * Waits until everything has come to its end, or the time is up. Each round asks only for what was unfinished in the
 * round before, through another gateway; the pause between rounds doubles from 50 to 500 ms.
 *
 * @returns what has not ended, or what nobody could tell about.
 */
export async function awaitEnds(
  ids: readonly string[],
  hasEnded: HasEnded,
  options: AwaitEndsOptions,
): Promise<string[]> {
  const { gateways, clock, signal, withinMs, timeoutMs = 5_000 } = options;
  await using readers = openReaders(gateways, { ...options, timeoutMs });
  const untilMs = clock.now() + withinMs;
  let waiting = [...ids];
  for (let round = 0; ; round++) {
    waiting = await unfinished(waiting, hasEnded, readers.each, { ...options, round, untilMs });
    const leftMs = untilMs - clock.now();
    if (waiting.length === 0 || leftMs <= 0 || signal?.aborted) return waiting;
    await clock.sleep(Math.min(pauseMaxMs, pauseMinMs * 2 ** round, leftMs), signal);
  }
}

interface Round extends Pick<AwaitEndsOptions, "clock" | "signal" | "atOnce"> {
  readonly round: number;
  readonly untilMs: number;
}

async function unfinished(
  ids: readonly string[],
  hasEnded: HasEnded,
  readers: readonly Reader[],
  { round, untilMs, clock, signal, atOnce = 32 }: Round,
): Promise<string[]> {
  const ended = new Set<string>();
  await inParallel(ids, atOnce, async (id, index) => {
    const reader = readers[(index + round) % readers.length];
    const isOver = signal?.aborted === true || clock.now() >= untilMs;
    if (!isOver && reader && (await hasEnded(id, reader))) ended.add(id);
  });
  return ids.filter((id) => !ended.has(id));
}
