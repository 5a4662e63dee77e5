import type { Frame } from "./frames.ts";

/** Replaces what no two servers say alike: times, ids, and names that a server made up. */
export function normalForm(frame: Frame): string {
  const { what, to, subject = "", reply, headers = "", payload = "" } = frame;
  const parts = [what, to, subject, reply ?? "-", headers, payload];
  return parts.map(normalText).join(" | ");
}

function normalText(text: string): string {
  return text
    .replace(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/g, '"<time>"')
    .replace(/"id":"[0-9A-Za-z]{22}"/g, '"id":"<id>"')
    .replace(/"ack_time":\d+/g, '"ack_time":"<nanos>"')
    .replace(/^(\$JS\.ACK(?:\.[^.]+){5})\.\d{16,}\./, "$1.<nanos>.");
}

/** What each subscription heard, in its order: who of two is served first, the real server leaves to chance. */
export function bySubscription(frames: readonly Frame[]): Frame[] {
  return frames.toSorted((one, other) => (one.to === other.to ? 0 : one.to < other.to ? -1 : 1));
}
