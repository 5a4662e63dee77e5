/** What this version of nats-server does that later ones do not. */
export interface Quirks {
  /** `+TERM` with a reason is no answer at all. Before 2.10.4. */
  readonly ignoresTermReason: boolean;
  /**
   * A message that was to be delivered again, and found only dead pull requests, is forgotten until its
   * acknowledgement wait is over; and the newest message before it is delivered twice. Before 2.10.15.
   */
  readonly forgetsRedeliveries: boolean;
}

/** Those of a version, such as `2.9.10`. */
export function quirksOf(version: string): Quirks {
  return {
    ignoresTermReason: isBefore(version, [2, 10, 4]),
    forgetsRedeliveries: isBefore(version, [2, 10, 15]),
  };
}

function isBefore(version: string, bound: readonly number[]): boolean {
  const numbers = version.split(".").map(Number);
  const differs = bound.findIndex((number, index) => number !== numbers[index]);
  return differs >= 0 && (numbers[differs] ?? 0) < bound[differs]!;
}
