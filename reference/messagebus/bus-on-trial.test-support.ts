import { seededRandom } from "../../core/mod.ts";
import { ManualClock } from "../scheduler/manual-clock.test-support.ts";
import { messageBus, type AttemptReport, type Delivery, type Handler, type MessageBus } from "./mod.ts";

/** A delivery that a test has in hand, and ends when it likes. */
export interface Held {
  readonly delivery: Delivery;
  take(): void;
  refuse(error?: Error): void;
}

/** A bus whose time stands still until the test moves it. */
export interface BusOnTrial {
  readonly bus: MessageBus;
  readonly clock: ManualClock;
  /** Every attempt that has ended. */
  readonly reports: AttemptReport[];
  /** Deliveries of {@link holding} that are not ended yet, by order of their start. */
  readonly held: Held[];
  /** A handler that leaves the end of each delivery to the test. */
  readonly holding: Handler;
}

export function busOnTrial(options: Partial<Parameters<typeof messageBus>[0]> = {}): BusOnTrial {
  const clock = new ManualClock();
  const reports: AttemptReport[] = [];
  const held: Held[] = [];
  const onAttempt = (report: AttemptReport): void => void reports.push(report);
  const bus = messageBus({ clock, random: seededRandom("trial"), onAttempt, ...options });
  const holding: Handler = (delivery) =>
    new Promise((resolve, reject) => {
      const ending = (end: () => void) => (): void => {
        held.splice(held.indexOf(one), 1);
        end();
      };
      const one: Held = {
        delivery,
        take: ending(resolve),
        refuse: (error = new Error("not now")) => ending(() => reject(error))(),
      };
      held.push(one);
    });
  return { bus, clock, reports, held, holding };
}

/** The id under which a message was accepted. */
export function idOf(published: ReturnType<MessageBus["publish"]>): string {
  if (!published.accepted) throw new Error(`refused: ${published.reason}`);
  return published.id;
}
