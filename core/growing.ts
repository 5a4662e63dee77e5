import { SeatrialError } from "./errors.ts";
import type { HistoryEvent } from "./events.ts";

/** A part of a history whose fields are still being filled. */
export type Growing<Subject> = {
  -readonly [Field in keyof Subject]: Subject[Field] extends readonly (infer Item)[]
    ? Item[]
    : Subject[Field] extends ReadonlyMap<infer Key, infer Value>
      ? Map<Key, Value>
      : Subject[Field];
};

/**
 * What an event goes on with.
 *
 * @throws SeatrialError `history_inconsistent` when nothing has begun.
 */
export function begun<Subject>(subject: Subject | undefined, event: HistoryEvent & { phase: string }): Subject {
  if (subject === undefined) throw inconsistent(event, `"${event.phase}" comes before the beginning`);
  return subject;
}

/** An event that cannot be, after those before it. */
export function inconsistent(event: HistoryEvent, reason: string): SeatrialError {
  return new SeatrialError("history_inconsistent", `${event.kind} by ${event.who} at ${event.at} ms: ${reason}`, {
    hint: "a witness's file is missing or was damaged; run the scenario again",
  });
}
