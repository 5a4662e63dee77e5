import type { GateItem } from "../../reports/mod.ts";

/** What runs say about one budget or one regression rule. */
export type Finding = Pick<GateItem, "name" | "status" | "summary" | "blind">;

/**
 * What stands when a suspicion was looked at again with fresh runs: it fails only when they fail too. Where they cannot
 * tell, nobody can.
 */
export function confirmed(first: Finding, again: Finding): Finding {
  if (first.status !== "failed") return first;
  if (again.status === "failed")
    return { ...first, summary: `${first.summary} Confirmed by fresh runs: ${again.summary}` };
  const said = again.status === "passed" ? "Not confirmed by fresh runs" : "Fresh runs could not tell";
  return { ...again, summary: `${first.summary} ${said}: ${again.summary}` };
}
