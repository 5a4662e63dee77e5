import type { Run } from "../domain/workflow/mod.ts";

/** How a change of a run ended. */
export type Changed =
  | {
      readonly kind: "changed" | "kept";
      readonly run: Run;
      /** How many of its older promises were found undelivered, and delivered. */
      readonly recovered: number;
    }
  | { readonly kind: "missing" }
  /** Somebody else is at it, or the lock was lost: to be tried again later. */
  | { readonly kind: "contended" };
