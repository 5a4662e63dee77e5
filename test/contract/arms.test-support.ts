import { useLiveArm } from "./live.test-support.ts";
import { simulatedArm } from "./simulated.test-support.ts";
import type { Arm } from "./stage.test-support.ts";

/** Everywhere that a contract holds: the tests of one file happen in each. */
export function useArms(): Arm[] {
  return [useLiveArm(), simulatedArm];
}
