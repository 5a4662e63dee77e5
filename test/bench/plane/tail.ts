import { closeSync, existsSync, openSync, readSync } from "node:fs";

import type { HistoryEvent } from "../../../core/mod.ts";

const chunkBytes = 1 << 16;

/** Reads a witness's file while it is being written: each call gives the events that came since the last one. */
export class Tail implements Disposable {
  readonly #path: string;
  readonly #buffer = Buffer.alloc(chunkBytes);
  #file: number | undefined;
  #rest = "";

  constructor(path: string) {
    this.#path = path;
  }

  *read(): Generator<HistoryEvent> {
    if (this.#file === undefined && existsSync(this.#path)) this.#file = openSync(this.#path, "r");
    if (this.#file === undefined) return;
    for (let bytes = this.#fill(); bytes > 0; bytes = this.#fill()) {
      const lines = (this.#rest + this.#buffer.toString("utf8", 0, bytes)).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as HistoryEvent;
    }
  }

  [Symbol.dispose](): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #fill(): number {
    return readSync(this.#file ?? 0, this.#buffer, 0, chunkBytes, null);
  }
}
