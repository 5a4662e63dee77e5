import type { Clock, Random } from "../../core/mod.ts";

/** A job's id: a UUID of version 7 (RFC 9562), which opens with its time of birth. */
export function newJobId(clock: Pick<Clock, "unixMs">, random: Pick<Random, "id">): string {
  const time = Math.floor(clock.unixMs()).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.id().slice(15)}`;
}

/** When an id was made (ms since the Unix epoch), by the clock of the gateway that made it. */
export function birthOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The trace of a job: its id in the form of a W3C trace id, so that a repeated request gets the same one. */
export function traceOf(id: string): string {
  return id.replaceAll("-", "");
}
