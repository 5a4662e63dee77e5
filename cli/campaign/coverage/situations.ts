import { deliverySituations } from "./delivery-situations.ts";
import { edgeSituations } from "./edge-situations.ts";
import { lockSituations } from "./lock-situations.ts";
import type { Situation } from "./situation.ts";

/** Every situation that a campaign looks for, besides which fault met which state. */
export const situations: readonly Situation[] = [...deliverySituations, ...lockSituations, ...edgeSituations];
