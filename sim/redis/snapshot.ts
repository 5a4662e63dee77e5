import type { Bytes } from "../bytes.ts";
import type { Database } from "./database.ts";
import { copyOf, type Value } from "./values.ts";

/** All keys of all databases at one moment. */
export type Snapshot = readonly SnapshotEntry[];

/** One key with all that belongs to it. */
export interface SnapshotEntry {
  readonly database: number;
  readonly key: Bytes;
  readonly value: Value;
  /** Unix milliseconds. */
  readonly expiryMs: number | undefined;
}

/** Copies everything, so that later writes do not change it. */
export function takeSnapshot(databases: readonly Database[]): Snapshot {
  return databases.flatMap((database) =>
    [...database.entries()].map(([key, value]) => ({
      database: database.index,
      key,
      value: copyOf(value),
      expiryMs: database.expiryOf(key),
    })),
  );
}

/** Puts a snapshot in the place of everything. */
export function loadSnapshot(databases: readonly Database[], snapshot: Snapshot): void {
  for (const database of databases) database.clear();
  for (const { database, key, value, expiryMs } of snapshot) {
    databases[database]?.replace(key, value);
    if (expiryMs !== undefined) databases[database]?.expireAt(key, expiryMs);
  }
}
