import type { History, Role } from "../../../core/mod.ts";
import { deliverySituations } from "./delivery-situations.ts";
import { edgeSituations } from "./edge-situations.ts";
import { lockSituations } from "./lock-situations.ts";

/** Something that tries a guarantee. A campaign in which it never occurred has not tried that guarantee so. */
export interface Situation {
  /** A sentence: what happened. */
  readonly id: string;
  /** The guarantees that it tries, as `docs/GUARANTEES.md` numbers them. */
  readonly tries: readonly string[];
  /** It cannot occur without a replica of this role. */
  readonly needs?: Role;
  count(history: History): number;
}

/** Every situation that a campaign looks for, besides which fault met which state. */
export const situations: readonly Situation[] = [...deliverySituations, ...lockSituations, ...edgeSituations];
