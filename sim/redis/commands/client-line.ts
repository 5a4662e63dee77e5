import type { Client } from "../client.ts";

/** A client as CLIENT LIST shows it: of Redis's fields, those that mean something here. */
export function clientLine({ id, name, database, channels, patterns, queue, watched }: Client): string {
  const fields = {
    id,
    name,
    db: database,
    sub: channels.size,
    psub: patterns.size,
    multi: queue ? queue.length : -1,
    watch: watched.length,
    resp: 2,
  };
  return `${Object.entries(fields)
    .map(([field, value]) => `${field}=${value}`)
    .join(" ")}\n`;
}
