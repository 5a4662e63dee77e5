import type { History, Role } from "../../../core/mod.ts";

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
