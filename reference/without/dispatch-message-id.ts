import type { Bus, Message } from "../ports/mod.ts";

/** Left out: the message id of a dispatch. One that is sent twice is stored twice. */
export function withoutDispatchIds(bus: Bus): Bus {
  return { ...bus, publish: (message) => bus.publish(isDispatch(message) ? withoutId(message) : message) };
}

function isDispatch({ subject }: Message): boolean {
  return subject.startsWith("worker.") || subject.startsWith("job.");
}

function withoutId({ subject, body }: Message): Message {
  return { subject, body };
}
