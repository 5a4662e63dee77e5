import { isWithin } from "../subjects.ts";
import type { Consumer } from "./consumer.ts";
import type { StreamState } from "./stream-state.ts";

/** Whether some consumer still has to deliver a message, or to have it acknowledged. */
export function isNeeded(stream: StreamState, sequence: number, besides?: Consumer): boolean {
  const message = stream.store.get(sequence);
  if (!message) return false;
  return [...stream.consumers.values()].some((consumer) => {
    return consumer !== besides && consumer.matches(message.subject) && awaits(consumer, sequence);
  });
}

/** Whether any consumer would ever deliver a message of this subject. */
export function isWanted(stream: StreamState, subject: string): boolean {
  return [...stream.consumers.values()].some(({ config }) => {
    return config.filter_subject === undefined || isWithin(subject, config.filter_subject);
  });
}

function awaits({ progress, config }: Consumer, sequence: number): boolean {
  if (sequence <= progress.ackedSequence) return false;
  if (config.ack_policy !== "explicit" || sequence >= progress.nextSequence) return true;
  return progress.pending.has(sequence);
}
