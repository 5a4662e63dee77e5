import { OutcomeUnknown } from "../ports/mod.ts";

/** The answer of a call, and whether it took a second one to get it. */
export interface Repeated<Value> {
  readonly value: Value;
  readonly repeated: boolean;
}

/**
 * Calls, and calls once more when the first call's outcome is unknown. Only for what may be repeated without harm.
 *
 * @throws OutcomeUnknown when both calls fail: even one that surely did nothing says nothing about the first.
 */
export async function repeatOnce<Value>(call: () => Promise<Value>): Promise<Repeated<Value>> {
  try {
    return { value: await call(), repeated: false };
  } catch (thrown) {
    if (!(thrown instanceof OutcomeUnknown)) throw thrown;
  }
  try {
    return { value: await call(), repeated: true };
  } catch (thrown) {
    throw new OutcomeUnknown("the store", thrown);
  }
}
