import { SeatrialError } from "../../core/mod.ts";

/** The other side surely did not act: the request was refused, or never left. Trying again is safe. */
export class Unavailable extends SeatrialError {
  constructor(what: string, cause?: unknown) {
    super("unavailable", `${what} is not reachable`, { cause });
  }
}

/** The request left and no answer came: it may have taken effect. Only an idempotent request may be repeated. */
export class OutcomeUnknown extends SeatrialError {
  constructor(what: string, cause?: unknown) {
    super("outcome_unknown", `${what} did not answer: it may or may not have acted`, { cause });
  }
}
