import type { Bytes } from "../bytes.ts";
import type { Client } from "./client.ts";
import { globPattern } from "./glob.ts";

/** Who has subscribed to what. */
export class Channels {
  readonly #byChannel = new Map<Bytes, Set<Client>>();
  readonly #byPattern = new Map<Bytes, Set<Client>>();

  subscribe(client: Client, channel: Bytes): void {
    client.channels.add(channel);
    enter(this.#byChannel, channel, client);
  }

  unsubscribe(client: Client, channel: Bytes): void {
    client.channels.delete(channel);
    leave(this.#byChannel, channel, client);
  }

  subscribePattern(client: Client, pattern: Bytes): void {
    client.patterns.add(pattern);
    enter(this.#byPattern, pattern, client);
  }

  unsubscribePattern(client: Client, pattern: Bytes): void {
    client.patterns.delete(pattern);
    leave(this.#byPattern, pattern, client);
  }

  /** Ends all that a client has subscribed to. */
  forget(client: Client): void {
    for (const channel of client.channels) this.unsubscribe(client, channel);
    for (const pattern of client.patterns) this.unsubscribePattern(client, pattern);
  }

  /** @returns how often the message was delivered */
  publish(channel: Bytes, message: Bytes): number {
    let count = 0;
    for (const client of this.#byChannel.get(channel) ?? []) {
      client.push(["message", channel, message]);
      count += 1;
    }
    for (const [pattern, clients] of this.#byPattern) {
      if (!globPattern(pattern)(channel)) continue;
      for (const client of clients) client.push(["pmessage", pattern, channel, message]);
      count += clients.size;
    }
    return count;
  }

  /** Channels that somebody has subscribed to by name. */
  names(): Bytes[] {
    return [...this.#byChannel.keys()];
  }

  subscribers(channel: Bytes): number {
    return this.#byChannel.get(channel)?.size ?? 0;
  }

  /** How many different patterns there are. */
  get patterns(): number {
    return this.#byPattern.size;
  }
}

function enter(table: Map<Bytes, Set<Client>>, name: Bytes, client: Client): void {
  const clients = table.get(name) ?? new Set();
  table.set(name, clients.add(client));
}

function leave(table: Map<Bytes, Set<Client>>, name: Bytes, client: Client): void {
  const clients = table.get(name);
  clients?.delete(client);
  if (clients?.size === 0) table.delete(name);
}
