import type { PullRequest } from "./pull-request.ts";

/** What the queue needs of the consumer whose requests it holds. */
export interface PullQueueOwner {
  now(): number;
  /** Whether anybody still listens where the messages would go. */
  isHeard(reply: string): boolean;
  tell(request: PullRequest, status: string): void;
  beat(request: PullRequest): void;
}

/** What is left after looking through the queue. */
export interface QueueState {
  /** Messages that are asked for by requests that somebody still listens to. */
  readonly wanted: number;
  /** When it must be looked through again. */
  readonly dueMs: number;
}

/** The requests that wait for messages of a consumer. Each message goes to the first one, which then goes last. */
export class PullQueue {
  /** When somebody last asked, or was served. Before that, long ago. */
  lastActiveMs = -Infinity;
  readonly #owner: PullQueueOwner;
  readonly #max: number;
  #requests: PullRequest[] = [];

  constructor(owner: PullQueueOwner, max: number) {
    this.#owner = owner;
    this.#max = max;
  }

  get size(): number {
    return this.#requests.length;
  }

  /** Whether there is room for one more, once the dead are out. */
  hasRoom(): boolean {
    if (this.size >= this.#max) this.review(false);
    return this.size < this.#max;
  }

  add(request: PullRequest): void {
    this.#requests.push(request);
    this.lastActiveMs = this.#owner.now();
  }

  /** Whom a message of this size goes to. Requests in front of it that are over are dropped. */
  next(size: number): PullRequest | undefined {
    for (;;) {
      const request = this.#requests[0];
      if (!request) return undefined;
      if (this.#isTooLarge(request, size)) {
        this.#owner.tell(request, "409 Message Size Exceeds MaxBytes");
        this.#requests.shift();
      } else if (request.expiresMs > this.#owner.now() && this.#owner.isHeard(request.reply)) {
        return this.#serve(request);
      } else {
        this.#requests.shift();
      }
    }
  }

  /**
   * Drops what has expired or nobody listens to, and sends the heartbeats that are due.
   *
   * @param isDry - there is nothing more to deliver: requests that do not wait, and got something, end
   */
  review(isDry: boolean): QueueState {
    const nowMs = this.#owner.now();
    let [wanted, dueMs] = [0, Infinity];
    const stays = (request: PullRequest): boolean => {
      if ((isDry && request.noWait && request.delivered > 0) || nowMs >= request.expiresMs) {
        this.#owner.tell(request, "408 Request Timeout");
        return false;
      }
      if (!this.#owner.isHeard(request.reply)) return false;
      this.#beatIfDue(request, nowMs);
      wanted += request.messages;
      dueMs = Math.min(dueMs, request.nextHeartbeatMs, request.expiresMs);
      return true;
    };
    this.#requests = this.#requests.filter(stays);
    return { wanted, dueMs };
  }

  /** All of them, taken out. */
  takeAll(): PullRequest[] {
    const all = this.#requests;
    this.#requests = [];
    return all;
  }

  /** The bytes are taken off before anybody knows whether the request is still good: so does the server. */
  #isTooLarge(request: PullRequest, size: number): boolean {
    if (request.bytes <= 0) return false;
    if (size > request.bytes) return true;
    request.bytes -= size;
    if (request.bytes === 0) request.messages = 1;
    return false;
  }

  #serve(request: PullRequest): PullRequest {
    request.delivered += 1;
    request.messages -= 1;
    if (request.messages <= 0) {
      this.#requests.shift();
    } else if (this.size > 1) {
      this.#requests.shift();
      this.#requests.push(request);
    }
    return request;
  }

  #beatIfDue(request: PullRequest, nowMs: number): void {
    if (nowMs < request.nextHeartbeatMs) return;
    this.#owner.beat(request);
    request.nextHeartbeatMs = nowMs + request.heartbeatMs;
  }
}
