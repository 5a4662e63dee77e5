import { UsageError } from "../core/mod.ts";

/** What a world says that lacks the means for a fault which only a simulator has. */
export function onlySimulated(action: string): UsageError {
  return new UsageError(`Only a simulated world can do this: ${action}`, "use --world sim");
}
