import { messageOf } from "../../../core/mod.ts";
import type { Log, Subscription } from "../../ports/mod.ts";
import type { Link } from "./link.ts";

/** Sends to whoever listens now. During an outage it is dropped, since the state that it tells of heals itself. */
export function broadcast(link: Link, log: Log, subject: string, body: string): void {
  if (!link.connected()) return log.debug("A broadcast was dropped: NATS is away", { subject });
  try {
    link.client.publish(subject, body);
  } catch (thrown) {
    log.warn("A broadcast was dropped", { subject, error: messageOf(thrown) });
  }
}

/** Hears every broadcast on a subject, from any replica, this one included. A handler that throws is logged. */
export function listen(link: Link, subject: string, handler: (body: string, subject: string) => void): Subscription {
  const subscription = link.subscribe(subject, (message) => handler(message.string(), message.subject));
  return { close: () => subscription.unsubscribe() };
}
