import type { EventEmitter } from "node:events";

import { messageOf, type Clock } from "../../core/mod.ts";
import { mayHaveBeenSent } from "../http-client.ts";
import { submitOutcome, type SubmitOutcome } from "../outcome.ts";

/** What became of one request of a connection. */
export interface Shot {
  readonly sentAt: number;
  readonly outcome: SubmitOutcome;
}

/** One connection of autocannon, as far as it can be watched. */
export type Connection = EventEmitter & {
  /** autocannon leaves a request that broke in here, and gives the next answer its beginning. */
  readonly pipelinedRequests?: { clear(): void };
};

/**
 * Writes down every request that a connection sends, once. autocannon tells of answers alone: of a request whose
 * connection ends it says nothing, and when nobody listens it complains again and again though nothing was sent.
 *
 * @param bodyOf - the body of the answer that has just come
 */
export function watchConnection(
  connection: Connection,
  { clock, bodyOf, record }: { clock: Clock; bodyOf: () => string; record: (shot: Shot) => void },
): void {
  let sentAt: number | undefined;
  const over = (outcome: SubmitOutcome): void => {
    if (sentAt !== undefined) record({ sentAt, outcome });
    sentAt = undefined;
  };
  const broke = (sent: boolean, because: string): void => {
    if (sentAt !== undefined) connection.pipelinedRequests?.clear();
    over(submitOutcome({ answered: false, sent, because }));
  };
  connection.on("request", () => {
    // The one before it ended without a word: its connection was closed.
    broke(true, "the connection was closed before the answer came");
    sentAt = clock.now();
  });
  connection.on("response", (status: number) =>
    over(submitOutcome({ answered: true, status, body: parsed(bodyOf()) })),
  );
  connection.on("timeout", () => broke(true, "no answer in time"));
  connection.on("connError", (failure: unknown) => broke(mayHaveBeenSent(failure), messageOf(failure)));
  connection.on("done", () => broke(true, "given up before the answer came"));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Whoever looks for a job's id in it finds none, and says so.
    return text;
  }
}
