/**
 * Two broadcast subjects that the streams do not capture, besides the seed's own.
 *
 * A scheduler that has just started, or has just got its connection back, knows no workers; it calls the roll, and
 * each worker answers with a heartbeat at once, rather than within an interval.
 */
export const rollCallSubject = "scheduler.roll-call";

/** Where one scheduler hears itself: see `Listening`. */
export function echoSubject(instance: string): string {
  return `scheduler.${instance}.echo`;
}
