import { readableMs, type History, type OperationEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";

/**
 * A client that never heard what became of its submission, and sends it again under the same key, is told in the end.
 *
 * The verdict is `unknown` when no reply was lost: then nothing was tried.
 */
export function lostRepliesAreResolved(): Check {
  return check("lost replies are resolved", keysInDoubt, judge, {
    subjects: "keys whose first outcome was unknown",
    none: "no submission with a key had an unknown outcome, so nothing was resent",
    seen: (keys) => `each was acknowledged when it was resent, the slowest after ${readableMs(slowestMs(keys))}`,
    measure: (keys) => [
      { name: "keysInDoubt", value: keys.length },
      { name: "resolvedAfterMsMax", value: Number(slowestMs(keys).toFixed(1)) },
    ],
  });
}

/** A key with everything that was sent under it, in order. */
interface Key {
  readonly key: string;
  readonly sends: readonly OperationEvent[];
  readonly acknowledged: OperationEvent | undefined;
}

function* keysInDoubt({ operations }: History): Generator<Key> {
  const submits = operations.filter(({ op, idempotencyKey }) => op === "submit" && idempotencyKey !== undefined);
  for (const [key = "", sends] of Map.groupBy(submits, ({ idempotencyKey }) => idempotencyKey)) {
    if (!sends.some(({ outcome }) => outcome === "unknown")) continue;
    yield { key, sends, acknowledged: sends.find(({ outcome }) => outcome === "ok") };
  }
}

function judge({ key, sends, acknowledged }: Key): Finding {
  if (acknowledged) return undefined;
  return {
    subject: key,
    because: `it was sent ${sends.length} times and never acknowledged`,
    at: sends.at(-1)?.at ?? 0,
  };
}

function slowestMs(keys: readonly Key[]): number {
  return keys.reduce((most, { sends, acknowledged }) => {
    return Math.max(most, (acknowledged?.at ?? 0) - (sends[0]?.sentAt ?? 0));
  }, 0);
}
