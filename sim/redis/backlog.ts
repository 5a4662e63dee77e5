import type { Write } from "./write-stream.ts";

/** `repl-backlog-size` */
const sizeMax = 1024 * 1024;

interface Batch {
  readonly writes: readonly Write[];
  /** Of the stream in front of them. */
  readonly from: number;
  readonly to: number;
}

/** The end of a write stream, kept for replicas that were away for a while. */
export class Backlog {
  #batches: Batch[] = [];
  #first = 0;

  append(writes: readonly Write[], from: number, to: number): void {
    this.#batches.push({ writes, from, to });
    while (to - this.#batches[this.#first]!.from > sizeMax && this.#first < this.#batches.length - 1) this.#first += 1;
    if (this.#first < 1000) return;
    this.#batches = this.#batches.slice(this.#first);
    this.#first = 0;
  }

  /** The writes behind an offset; nothing when they are not all there any more. */
  since(offset: number, end: number): readonly Write[] | undefined {
    if (offset === end) return [];
    const start = this.#batches.findIndex(({ from }, index) => index >= this.#first && from === offset);
    return start === -1 ? undefined : this.#batches.slice(start).flatMap(({ writes }) => writes);
  }
}
