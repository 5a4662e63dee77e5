import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import type { Readable } from "node:stream";

const defaultMostBytes = 4 * 1024 * 1024;

/** A log file of a process. It never takes more than twice its bound: a full one becomes `<path>.1`. */
export class BoundedLog {
  readonly #path: string;
  readonly #mostBytes: number;
  #file: number;
  #written = 0;

  /** @param mostBytes - @defaultValue 4 MiB */
  constructor(path: string, mostBytes = defaultMostBytes) {
    this.#path = path;
    this.#mostBytes = mostBytes;
    this.#file = openSync(path, "a");
  }

  /** Takes over all output of a stream. */
  take(stream: Readable): void {
    stream.on("data", (chunk: Buffer) => this.#write(chunk));
    stream.on("error", () => stream.destroy());
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(chunk: Buffer): void {
    try {
      if (this.#written > 0 && this.#written + chunk.length > this.#mostBytes) this.#turnOver();
      this.#written += writeSync(this.#file, chunk);
    } catch {
      // A full disk ends the run where the history is written, with a clear error; a log is not worth it.
    }
  }

  #turnOver(): void {
    closeSync(this.#file);
    renameSync(this.#path, `${this.#path}.1`);
    this.#file = openSync(this.#path, "a");
    this.#written = 0;
  }
}
