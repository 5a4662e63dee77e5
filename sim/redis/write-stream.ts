import type { Bytes } from "../bytes.ts";

/** A write as replicas carry it out. */
export interface Write {
  readonly database: number;
  readonly words: readonly Bytes[];
  /** How many bytes of the stream it takes: what offsets count. */
  readonly size: number;
}

/** Gathers what one command, with all that it carries out, has written, and hands it on as one. */
export class WriteStream {
  #gathered: Write[] = [];
  readonly #onWrites: (writes: readonly Write[]) => void;

  constructor(onWrites: (writes: readonly Write[]) => void) {
    this.#onWrites = onWrites;
  }

  append(database: number, words: readonly Bytes[]): void {
    this.#gathered.push({ database, words, size: sizeOf(words) });
  }

  /** Ends a command. Several writes go as one transaction, so that no replica ever shows a part of them. */
  flush(): void {
    if (this.#gathered.length === 0) return;
    const writes = this.#gathered;
    this.#gathered = [];
    const { database } = writes[0]!;
    this.#onWrites(
      writes.length === 1 ? writes : [writeOf(database, ["MULTI"]), ...writes, writeOf(database, ["EXEC"])],
    );
  }
}

function writeOf(database: number, words: readonly Bytes[]): Write {
  return { database, words, size: sizeOf(words) };
}

/** The length of a command in RESP. */
function sizeOf(words: readonly Bytes[]): number {
  return words.reduce((sum, word) => sum + bulkSize(word.length), 3 + String(words.length).length);
}

function bulkSize(length: number): number {
  return 5 + String(length).length + length;
}
