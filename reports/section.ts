import type { Block } from "./block.ts";
import type { RunData } from "./run-data.ts";

/**
 * One part of a report: a pure function of the saved run.
 *
 * It puts a sentence first, a table second, and a picture last. What it has nothing to say about, it says in a
 * sentence; a section that does not concern the run at all returns no blocks, and is left out.
 */
export interface Section {
  /** A noun: `Latency`. */
  readonly title: string;
  /** One sentence for `seatrial list sections`: what a reader learns here. */
  readonly about: string;
  render(run: RunData): readonly Block[];
}
