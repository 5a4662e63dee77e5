import type { Log } from "../../../reference/ports/mod.ts";

/** A line that a replica logged, at the time that its own clock showed. */
export interface LogLine {
  readonly atMs: number;
  readonly level: keyof Log;
  readonly message: string;
  readonly facts: Record<string, unknown> | undefined;
}

const linesMax = 200;

/** The last lines of one replica, over all of its lives. */
export class RingLog {
  readonly #lines: LogLine[] = [];
  #next = 0;

  /** Oldest first. */
  lines(): LogLine[] {
    return [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)];
  }

  /** What one life of the replica logs with, from this level on. */
  open(now: () => number, level: string): Log {
    const least = levels.indexOf(level as keyof Log);
    const line = (as: keyof Log): Log[keyof Log] => {
      if (least < 0 || levels.indexOf(as) < least) return () => {};
      return (message, facts) => this.#keep({ atMs: now(), level: as, message, facts });
    };
    return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
  }

  #keep(line: LogLine): void {
    this.#lines[this.#next] = line;
    this.#next = (this.#next + 1) % linesMax;
  }
}

const levels: readonly (keyof Log)[] = ["debug", "info", "warn", "error"];
