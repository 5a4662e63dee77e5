import { hash } from "node:crypto";

import { UsageError } from "../../core/mod.ts";

/** Who sends a request: what an API key stands for. */
export interface Client {
  /** Whose limit and idempotency keys these are. */
  readonly tenant: string;
  /** Requests a second; without it the tenant has the gateway's common limit. */
  readonly limitPerSecond: number | undefined;
}

/** The accepted API keys. */
export interface ApiKeys {
  find(key: string): Client | undefined;
}

/**
 * Reads `key:tenant` and `key:tenant:limit` entries.
 *
 * Only digests are kept. A key is looked up by its SHA-256, so that no comparison runs along the secret itself, and
 * its duration tells a stranger nothing.
 *
 * @throws UsageError that names entries by their position, since they hold secrets
 */
export function apiKeys(entries: readonly string[]): ApiKeys {
  const clients = new Map<string, Client>();
  for (const [index, entry] of entries.entries()) {
    const parts = /^([^\s:]+):([A-Za-z0-9_.-]{1,64})(?::([1-9]\d{0,8}))?$/.exec(entry);
    if (!parts) throw unreadable(index + 1);
    const [, key = "", tenant = "", limit] = parts;
    clients.set(digest(key), { tenant, limitPerSecond: limit === undefined ? undefined : Number(limit) });
  }
  return { find: (key) => clients.get(digest(key)) };
}

function digest(key: string): string {
  return hash("sha256", key, "base64");
}

function unreadable(position: number): UsageError {
  return new UsageError(
    `Cannot read entry ${position} of CORDUM_API_KEYS`,
    "write each as key:tenant or key:tenant:limit, with the limit in requests a second",
  );
}
