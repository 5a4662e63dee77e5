import type { Bytes } from "../../bytes.ts";
import { hasWildcard, matcher } from "../subjects.ts";

/** A message as a stream keeps it. */
export interface StoredMessage {
  readonly sequence: number;
  readonly subject: string;
  readonly headers: Bytes;
  readonly payload: Bytes;
  /** When it was stored: the wall clock. */
  readonly unixMs: number;
}

/** Of the messages with matching subjects: how many, and which is the first and the last. 0 when there is none. */
export interface Selection {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

const nothing: Selection = { count: 0, first: 0, last: 0 };
/** What a message takes besides its subject, headers and payload, by where it is stored. */
const overheads = { file: { record: 30, headers: 4 }, memory: { record: 16, headers: 0 } };

/** The messages of one stream in their order, and by subject. Sequence numbers are never used twice. */
export class MessageStore {
  readonly storage: "file" | "memory";
  readonly #messages = new Map<number, StoredMessage>();
  /** Sequence numbers by subject, ascending. */
  readonly #bySubject = new Map<string, number[]>();
  #bytes = 0;
  #first = 0;
  #last = 0;
  #lastMs: number | undefined;
  #firstMs: number | undefined;

  constructor(storage: "file" | "memory") {
    this.storage = storage;
  }

  get count(): number {
    return this.#messages.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The first message, or the next one that will come. 0 before there was any. */
  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  /** When the last one came, even if it is gone. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  /** When the first one came. When there is none: as the server has it, which is of no use. */
  get firstMs(): number | undefined {
    return this.#messages.get(this.#first)?.unixMs ?? this.#firstMs;
  }

  get subjects(): number {
    return this.#bySubject.size;
  }

  append(message: Omit<StoredMessage, "sequence">): StoredMessage {
    const stored = { sequence: this.#last + 1, ...message };
    const { sequence, subject, unixMs } = stored;
    if (this.count === 0) this.#first = sequence;
    this.#messages.set(sequence, stored);
    this.#last = sequence;
    this.#lastMs = unixMs;
    this.#bytes += this.sizeOf(stored);
    const line = this.#bySubject.get(subject);
    if (line) line.push(sequence);
    else this.#bySubject.set(subject, [sequence]);
    return stored;
  }

  /** Uses a sequence number for nothing. */
  skip(unixMs: number): number {
    this.#last += 1;
    this.#lastMs = unixMs;
    if (this.count === 0) [this.#first, this.#firstMs] = [this.#last + 1, unixMs];
    return this.#last;
  }

  get(sequence: number): StoredMessage | undefined {
    return this.#messages.get(sequence);
  }

  remove(sequence: number): StoredMessage | undefined {
    const message = this.#messages.get(sequence);
    if (!message) return undefined;
    this.#messages.delete(sequence);
    this.#bytes -= this.sizeOf(message);
    this.#forget(message);
    if (sequence === this.#first) this.#advance();
    return message;
  }

  /** The first message at or after a sequence number whose subject matches. */
  next(filter: string | undefined, from: number): StoredMessage | undefined {
    if (filter !== undefined && filter !== ">" && !hasWildcard(filter)) {
      const line = this.#bySubject.get(filter) ?? [];
      return this.#messages.get(line[placeOf(line, from)] ?? 0);
    }
    const matches = matcher(filter ?? ">");
    for (let sequence = Math.max(from, this.#first); sequence <= this.#last; sequence++) {
      const message = this.#messages.get(sequence);
      if (message && matches(message.subject)) return message;
    }
    return undefined;
  }

  /** The last message whose subject matches. */
  lastOf(filter: string): StoredMessage | undefined {
    return this.#messages.get(this.select(1, filter).last);
  }

  /** What there is at or after a sequence number. */
  select(from: number, filter: string | undefined): Selection {
    const start = Math.max(from, this.#first);
    if (start > this.#last) return nothing;
    if (filter === undefined || filter === ">") {
      return { count: this.#countFrom(start), first: start, last: this.#last };
    }
    return this.linesOf(filter).reduce((sum, [, line]) => merge(sum, selectIn(line, start)), nothing);
  }

  /** The sequence numbers of each matching subject. */
  linesOf(filter: string): [string, readonly number[]][] {
    const matches = matcher(filter);
    if (hasWildcard(filter)) return [...this.#bySubject].filter(([subject]) => matches(subject));
    const line = this.#bySubject.get(filter);
    return line ? [[filter, line]] : [];
  }

  /** The sequence number of the first message at or after a moment; what comes next when there is none. */
  firstSince(unixMs: number): number {
    for (let sequence = this.#first; sequence <= this.#last; sequence++) {
      const message = this.#messages.get(sequence);
      if (message && message.unixMs >= unixMs) return sequence;
    }
    return this.#last + 1;
  }

  /** Lets go of everything before a sequence number. @returns how many messages that were */
  dropBefore(sequence: number): number {
    const before = this.count;
    for (let dropped = this.#first; dropped < sequence && this.count > 0; dropped = this.#first) this.remove(dropped);
    if (sequence > this.#last + 1) this.#last = sequence - 1;
    if (this.count === 0) [this.#first, this.#firstMs] = [this.#last + 1, undefined];
    return before - this.count;
  }

  /** Bytes that a message takes: what nats-server counts. */
  sizeOf({ subject, headers, payload }: StoredMessage): number {
    const overhead = overheads[this.storage];
    const head = headers.length > 0 ? overhead.headers + headers.length : 0;
    return overhead.record + subject.length + head + payload.length;
  }

  *[Symbol.iterator](): Iterator<StoredMessage> {
    yield* this.#messages.values();
  }

  #countFrom(start: number): number {
    const span = this.#last - this.#first + 1;
    if (this.count === span) return this.#last - start + 1;
    // There are holes: the shorter side is counted.
    const isLate = start - this.#first > span / 2;
    return isLate ? this.#countIn(start, this.#last) : this.count - this.#countIn(this.#first, start - 1);
  }

  #countIn(from: number, to: number): number {
    let count = 0;
    for (let sequence = from; sequence <= to; sequence++) if (this.#messages.has(sequence)) count += 1;
    return count;
  }

  #advance(): void {
    if (this.count === 0) [this.#first, this.#firstMs] = [this.#last + 1, 0];
    else while (!this.#messages.has(this.#first)) this.#first += 1;
  }

  #forget({ subject, sequence }: StoredMessage): void {
    const line = this.#bySubject.get(subject)!;
    if (line[0] === sequence) line.shift();
    else line.splice(placeOf(line, sequence), 1);
    if (line.length === 0) this.#bySubject.delete(subject);
  }
}

function selectIn(line: readonly number[], from: number): Selection {
  const place = placeOf(line, from);
  if (place >= line.length) return nothing;
  return { count: line.length - place, first: line[place]!, last: line.at(-1)! };
}

function merge(one: Selection, other: Selection): Selection {
  if (one.count === 0) return other;
  if (other.count === 0) return one;
  const [first, last] = [Math.min(one.first, other.first), Math.max(one.last, other.last)];
  return { count: one.count + other.count, first, last };
}

/** Where in an ascending list the first number at or above this one stands. */
function placeOf(line: readonly number[], from: number): number {
  let [low, high] = [0, line.length];
  if (low === high || line[0]! >= from) return 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
