import type { Check } from "./check.ts";
import { exclusiveSections } from "./exclusive-sections.ts";

/**
 * Each lock has one holder at a time, is kept for as long as its holder is awake and needs it, and is released by
 * nobody else.
 */
export function lockIsExclusive(): Check {
  return exclusiveSections("lock is exclusive", "lock", "no lock was taken");
}
