import type { Bytes } from "../bytes.ts";
import type { Client } from "./client.ts";

/** Who watches which key. */
export class Watches {
  readonly #watchers = new Map<string, Set<Client>>();

  add(client: Client, key: Bytes, wasOverdue: boolean): void {
    const { database } = client;
    if (client.watched.some((each) => each.key === key && each.database === database)) return;
    client.watched.push({ database, key, wasOverdue });
    const place = placeOf(database, key);
    const watchers = this.#watchers.get(place) ?? new Set();
    this.#watchers.set(place, watchers.add(client));
  }

  /** The client has a clean slate again. */
  clear(client: Client): void {
    for (const { database, key } of client.watched) {
      const place = placeOf(database, key);
      const watchers = this.#watchers.get(place);
      watchers?.delete(client);
      if (watchers?.size === 0) this.#watchers.delete(place);
    }
    client.watched = [];
    client.overtaken = false;
  }

  /** A key was written: transactions of those who watch it will do nothing. */
  touch(database: number, key: Bytes): void {
    if (this.#watchers.size === 0) return;
    for (const client of this.#watchers.get(placeOf(database, key)) ?? []) client.overtaken = true;
  }
}

function placeOf(database: number, key: Bytes): string {
  return `${database}:${key}`;
}
