import {
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/nats-core";

import { EnvironmentError, messageOf, type Clock } from "../../../core/mod.ts";
import { streams } from "../../domain/subjects.ts";
import type { Log } from "../../ports/mod.ts";
import { retryWithin } from "./patience.ts";

/** How long a stream remembers message ids. The seed documents 2 minutes. */
const dedupWindowMs = 120_000;

/** What the settings say about the streams. */
export interface StreamSettings {
  readonly maxAgeMs: number;
  readonly replicas: number;
}

/**
 * Creates the streams that are missing. One that exists is left as it is, and logged when it differs: no replica may
 * change what others rely on. Replicas that start together may all call this.
 *
 * @param options.withinMs - how long the servers may need to elect a leader
 * @throws EnvironmentError `jetstream_off` when the server runs without JetStream, `stream_refused` when it will not
 *   have the stream.
 */
export async function prepareStreams(
  manager: JetStreamManager,
  settings: StreamSettings,
  options: { clock: Clock; log: Log; withinMs: number; offersJetStream: boolean },
): Promise<void> {
  const { clock, log, withinMs, offersJetStream } = options;
  const isFinal = (thrown: unknown): boolean => !offersJetStream || isRefusal(thrown);
  for (const { name, subjects } of Object.values(streams)) {
    const wanted = configOf(name, subjects, settings);
    try {
      const found = await retryWithin(clock, withinMs, () => findOrCreate(manager, wanted), isFinal);
      logDifferences(log, wanted, found);
    } catch (thrown) {
      throw failure(name, offersJetStream, thrown);
    }
  }
}

type Wanted = Pick<StreamConfig, "name" | "subjects" | "num_replicas" | "max_age" | "duplicate_window"> &
  Pick<StreamConfig, "retention" | "storage">;

function configOf(name: string, subjects: readonly string[], settings: StreamSettings): Wanted {
  const windowMs = settings.maxAgeMs > 0 ? Math.min(dedupWindowMs, settings.maxAgeMs) : dedupWindowMs;
  return {
    name,
    subjects: [...subjects],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    num_replicas: settings.replicas,
    max_age: nanos(settings.maxAgeMs),
    duplicate_window: nanos(windowMs),
  };
}

async function findOrCreate(manager: JetStreamManager, wanted: Wanted): Promise<StreamConfig> {
  const found = await find(manager, wanted.name);
  if (found) return found;
  try {
    return (await manager.streams.add(wanted)).config;
  } catch (thrown) {
    // Another replica was faster, with other settings: the server takes a second creation only if it is the same.
    const foundNow = await find(manager, wanted.name);
    if (foundNow) return foundNow;
    throw thrown;
  }
}

async function find(manager: JetStreamManager, name: string): Promise<StreamConfig | undefined> {
  try {
    return (await manager.streams.info(name)).config;
  } catch (thrown) {
    if (thrown instanceof JetStreamApiError && thrown.code === JetStreamApiCodes.StreamNotFound) return undefined;
    throw thrown;
  }
}

function logDifferences(log: Log, wanted: Wanted, found: StreamConfig): void {
  const keys = Object.keys(wanted) as (keyof Wanted)[];
  const differences = keys.filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(found[key]));
  if (differences.length === 0) return;
  const facts = Object.fromEntries(differences.map((key) => [key, { wanted: wanted[key], found: found[key] }]));
  log.warn("A stream differs from the settings and is left as it is", { stream: wanted.name, ...facts });
}

/** A 4xx speaks of the request itself, so that waiting changes nothing. */
function isRefusal(thrown: unknown): boolean {
  return thrown instanceof JetStreamApiError && thrown.status >= 400 && thrown.status < 500;
}

function failure(stream: string, offersJetStream: boolean, thrown: unknown): EnvironmentError {
  if (!offersJetStream) {
    return new EnvironmentError(
      "jetstream_off",
      "The NATS server runs without JetStream",
      "start nats-server with --jetstream and a --store_dir",
      thrown,
    );
  }
  return new EnvironmentError(
    "stream_refused",
    `NATS did not create the stream ${stream}: ${messageOf(thrown)}`,
    "check NATS_JS_REPLICAS against the number of servers, and that no other stream has its subjects",
    thrown,
  );
}
