/** How many messages a client may have accepted in any stretch of this length. */
export interface WindowLimit {
  readonly messagesMax: number;
  readonly windowMs: number;
}

/** The times of a client's last `messagesMax` messages, the next to be overwritten being the oldest. */
interface Times {
  readonly atMs: Float64Array;
  next: number;
}

/**
 * Counts each client's messages in a sliding window, to the message: there is none of the burst at the border that
 * fixed windows allow. It keeps one time for each message in the window, and so costs O(1) a message.
 */
export class ClientWindows {
  readonly #limit: WindowLimit;
  readonly #clientsMax: number;
  /** From the longest to the shortest silent. */
  readonly #clients = new Map<string, Times>();
  readonly #longestSilent = this.#clients.keys();

  /** @param clientsMax - of more, the longest silent one is forgotten, and may begin anew */
  constructor(limit: WindowLimit, clientsMax: number) {
    this.#limit = limit;
    this.#clientsMax = clientsMax;
  }

  /** 0 when one more may pass; otherwise after this long. */
  waitMs(client: string, nowMs: number): number {
    const times = this.#clients.get(client);
    if (!times) return 0;
    const oldestMs = times.atMs[times.next] ?? Number.NEGATIVE_INFINITY;
    return Math.max(0, oldestMs + this.#limit.windowMs - nowMs);
  }

  count(client: string, nowMs: number): void {
    const times = this.#clients.get(client) ?? this.#newTimes();
    times.atMs[times.next] = nowMs;
    times.next = (times.next + 1) % times.atMs.length;
    this.#clients.delete(client);
    this.#clients.set(client, times);
    if (this.#clients.size > this.#clientsMax) this.#clients.delete(this.#longestSilent.next().value ?? client);
  }

  #newTimes(): Times {
    return { atMs: new Float64Array(this.#limit.messagesMax).fill(Number.NEGATIVE_INFINITY), next: 0 };
  }
}
