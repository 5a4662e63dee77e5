import { SeatrialError } from "../../core/mod.ts";
import type { ScheduledEvent } from "../kernel/event.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Realm } from "../kernel/realm.ts";
import { retransmittedAfter } from "./model.ts";
import type { Way } from "./way.ts";

/** Something on its way in one direction of a connection. */
export interface Flight {
  readonly about: string;
  readonly bytes: number;
  /** Of what it says. @defaultValue 0 */
  readonly digest?: number;
  /** Whose event its arrival is. */
  readonly realm: Realm | undefined;
  readonly message?: unknown;
  /** What its arrival means, when it is no message. */
  readonly arrived?: () => void;
}

interface Airborne {
  readonly flight: Flight;
  readonly sentAtMs: number;
  /** None while no packet passes. */
  event: ScheduledEvent | undefined;
}

/** What a lane is made of. */
export interface LaneParts {
  readonly kernel: Kernel;
  readonly way: Way;
  /** Unlike that of any other lane. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly inFlightMax: number;
  /** A message has arrived. */
  received(message: unknown): void;
}

/** Between things that must keep their order: a nanosecond, in milliseconds. */
const nextMoment = 1e-6;

/** One direction of a connection: everything arrives in the order in which it was sent, each in its own time. */
export class Lane {
  readonly way: Way;
  readonly #parts: LaneParts;
  readonly #what: string;
  /** In the order of sending. */
  readonly #airborne = new Set<Airborne>();
  #lastArrivalMs = 0;
  /** When a slow link has passed on what it was given. */
  #freeAtMs = 0;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.way = parts.way;
    this.#what = `from ${parts.from}`;
  }

  /** How much is on its way. */
  get inFlight(): number {
    return this.#airborne.size;
  }

  send(flight: Flight): void {
    const { kernel, inFlightMax, from, to } = this.#parts;
    if (this.#airborne.size >= inFlightMax) return kernel.fail(overfull(from, to, inFlightMax));
    const sentAtMs = kernel.now();
    const airborne: Airborne = { flight, sentAtMs, event: undefined };
    this.#airborne.add(airborne);
    if (this.way.partitions === 0) this.#schedule(airborne, this.#arrivalOf(flight.bytes, sentAtMs));
  }

  /** Loses what is still on its way; what waits in a paused process has arrived. */
  clear(): void {
    const now = this.#parts.kernel.now();
    for (const airborne of this.#airborne) {
      if (airborne.event && airborne.event.at <= now) continue;
      airborne.event?.cancel();
      this.#airborne.delete(airborne);
    }
    this.#lastArrivalMs = this.#freeAtMs = now;
  }

  /** A delay or a limit has been taken away: what it held up comes at once, as if it had been sent just now. */
  hasten(): void {
    const now = this.#parts.kernel.now();
    this.#lastArrivalMs = this.#freeAtMs = now;
    for (const airborne of this.#airborne) {
      const { event, flight } = airborne;
      if (!event || event.at <= now) continue;
      event.cancel();
      this.#schedule(airborne, Math.min(event.at, this.#arrivalOf(flight.bytes, now)));
    }
  }

  /** Packets pass again: what was sent meanwhile comes with the next retransmission of the first of it. */
  retransmit(): void {
    if (this.way.partitions > 0) return;
    const { kernel } = this.#parts;
    let againAtMs: number | undefined;
    for (const airborne of this.#airborne) {
      if (airborne.event) continue;
      againAtMs ??= retransmittedAfter(kernel.now(), airborne.sentAtMs, this.way.model.retransmitMs);
      this.#schedule(airborne, this.#arrivalOf(airborne.flight.bytes, againAtMs));
    }
  }

  #arrivalOf(bytes: number, sentAtMs: number): number {
    this.#freeAtMs = Math.max(this.#freeAtMs, sentAtMs) + this.way.transmissionMs(bytes);
    return this.#freeAtMs + this.way.latencyMs() + this.way.retransmissionsMs();
  }

  #schedule(airborne: Airborne, ownArrivalMs: number): void {
    const { kernel, name, to } = this.#parts;
    const { about, bytes, digest = 0, realm } = airborne.flight;
    const atMs = Math.max(ownArrivalMs, this.#lastArrivalMs + nextMoment);
    this.#lastArrivalMs = atMs;
    const run = (): void => this.#arrive(airborne);
    airborne.event = kernel.schedule({
      atMs,
      what: this.#what,
      detail: about,
      size: bytes,
      digest,
      who: to,
      lane: name,
      realm,
      run,
    });
  }

  #arrive(airborne: Airborne): void {
    this.#airborne.delete(airborne);
    const { arrived, message } = airborne.flight;
    if (arrived) arrived();
    else this.#parts.received(message);
  }
}

function overfull(from: string, to: string, max: number): SeatrialError {
  return new SeatrialError(
    "simulation_link_full",
    `more than ${max} messages are on their way from ${from} to ${to} at once`,
    { hint: "the receiver is paused or unreachable for too long at this load: shorten the fault or lower the rate" },
  );
}
